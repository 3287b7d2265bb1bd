"""The findings of the オープンデータ一覧 of a catalog: what its readers would lose, told before.

The traps are those of SHIRASAGI's metadata importer (docs/shirasagi.md says where each was seen).
`{row_id}` is a データセット_ID, `{file}` a ファイル_ID.
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class ListWithdrawn(FindingKind):
    code = "list-withdrawn"
    severity = "警告"
    title = "一覧から外れたデータ"
    title_en = "Withdrawn dataset"
    ja = (
        "「{found}」は公開されなくなりました。取り込む側で削除されないよう、「配信停止中」"
        "として一覧に残します。"
    )
    en = (
        "'{found}' is no longer published; it stays in the list as 配信停止中 "
        "(distribution stopped), so that importers do not delete it."
    )
    fix = (
        "誤って外したのなら戻してください。一覧からも消すときは machidata publish に "
        "--forget {found} を付けます。取り込み先では削除されます。"
    )
    fix_en = (
        "Put it back if that was a mistake. To take it off the list too, which deletes it "
        "there, publish with --forget {found}"
    )


class ListStaysWithdrawn(FindingKind):
    code = "list-stays-withdrawn"
    severity = "情報"
    title = "配信停止中のデータ"
    title_en = "Dataset that stays withdrawn"
    ja = "「{found}」は「配信停止中」のまま一覧に残っています。"
    en = "'{found}' is still in the list as 配信停止中 (distribution stopped)."
    fix = "一覧からも消すときは machidata publish に --forget {found} を付けます。"
    fix_en = (
        "To take it off the list, which deletes it where it was imported, publish with "
        "--forget {found}"
    )


class ListAddress(FindingKind):
    code = "list-address-changed"
    severity = "警告"
    title = "変わったアドレス"
    title_en = "Changed address"
    ja = (
        "ファイル「{file}」のアドレスが変わりました: {expected} → {found}。取り込む側では"
        "別のファイルになり、前のものは番号やダウンロード数ごと削除されます。"
    )
    en = (
        "The address of the file '{file}' changed: {expected} → {found}. Importers take "
        "it for another file and delete the one before, with its number and its counters."
    )
    fix = "意図しないときは、--base・パッケージの名前・表の名前を前と同じにしてください。"
    fix_en = "Unless this is intended, use the same --base, package name and table name as before."


class ListDateSame(FindingKind):
    code = "list-date-same"
    severity = "警告"
    title = "変わらない最終更新日"
    title_en = "Unchanged date of a changed dataset"
    ja = (
        "前の一覧から内容が変わりましたが、最終更新日が {found} のままです（{columns}）。日"
        "付が同じデータセットを、取り込む側は保存しないことがあります。"
    )
    en = (
        "The rows differ from the list before but the date of the last change is still "
        "{found} ({columns}); importers may not save a dataset whose date is the same."
    )
    fix = "package.yaml の modified に、変えた日を書いてください。"
    fix_en = "Write the day of the change as 'modified' in package.yaml."


class ListDateMissing(FindingKind):
    code = "list-date-missing"
    severity = "誤り"
    title = "最終更新日がない"
    title_en = "Missing date of the last change"
    ja = "最終更新日がありません。取り込む側は取り込んだ時刻を使い、毎回「更新あり」とします。"
    en = (
        "There is no date of the last change: importers use the time of the import and see "
        "a change each time."
    )
    fix = "package.yaml の issued と modified に日付を書いてください。"
    fix_en = "Write the dates 'issued' and 'modified' in package.yaml."


class ListLicence(FindingKind):
    code = "list-licence-unknown"
    severity = "警告"
    title = "取り込み先にないライセンス"
    title_en = "Licence unknown to importers"
    ja = (
        "ライセンス「{found}」は、SHIRASAGI の既定のメタデータライセンスIDとして知られてい"
        "ません。取り込み先に同じIDが無ければ、ファイルはライセンス無しになるか、取り込めま"
        "せん。"
    )
    en = (
        "The licence '{found}' is no known metadata licence id of SHIRASAGI; where the "
        "catalog has not set it, the file gets no licence or is not imported."
    )
    fix = (
        "取り込み先の管理者に、この文字をライセンスの「メタデータライセンスID」に設定しても"
        "らい、vocab/licences.ttl の shirasagiId に書いてください。"
    )
    fix_en = (
        "Ask the catalog's maintainer to set these words as the metadata licence id, then "
        "write them as shirasagiId in vocab/licences.ttl."
    )


class ListTitleSame(FindingKind):
    code = "list-title-same"
    severity = "警告"
    title = "見分けられない題名"
    title_en = "Titles that cannot be told apart"
    ja = (
        "空白を除くと「{expected}」と同じ題名です: {found}。取り込む側は題名の空白を取り除"
        "くので、見分けられなくなります。"
    )
    en = (
        "Without white space this title equals that of '{expected}': {found}. Importers "
        "take white space out of titles, so that the two cannot be told apart."
    )
    fix = "package.yaml の title を、空白のほかでも区別できるようにしてください。"
    fix_en = "Make the titles in package.yaml differ by more than white space."


class ListIdSame(FindingKind):
    code = "list-id-same"
    severity = "誤り"
    title = "重なるデータセットのID"
    title_en = "Repeated ID of a dataset"
    ja = "データセットのIDが空か、空白を除くと別のIDと同じです: {found}"
    en = "The dataset's id is empty or, without white space, equals another one: {found}"
    fix = "パッケージの名前を変えてください。"
    fix_en = "Rename the package."


class ListAddressSame(FindingKind):
    code = "list-address-same"
    severity = "誤り"
    title = "重なるアドレス"
    title_en = "Repeated address"
    ja = "同じアドレスのファイルが二つあります: {found}。取り込む側では一つのファイルになります。"
    en = "Two files have the same address: {found}. Importers make one file of them."
    fix = "パッケージまたは表の名前を変えてください。"
    fix_en = "Rename the package or the table."


class ListFormat(FindingKind):
    code = "list-format-differs"
    severity = "警告"
    title = "形式と異なる拡張子"
    title_en = "Extension other than the format"
    ja = (
        "形式「{found}」とアドレスの拡張子「{expected}」が違います。形式の列を読まない版の "
        "SHIRASAGI は拡張子を使います。"
    )
    en = (
        "The format '{found}' is not the address's extension '{expected}', which editions "
        "of SHIRASAGI use that do not read the column."
    )
    fix = "ファイルの拡張子を形式に合わせてください。"
    fix_en = "Give the file the extension of its format."


class ListFullOneKept(FindingKind):
    code = "list-not-emptied"
    severity = "警告"
    title = "空にしなかった一覧"
    title_en = "List that was not emptied"
    ja = (
        "一覧が空になるので、最後のデータセットは「配信停止中」のまま残しました。空の一覧"
        "を、全件の削除として読む版の SHIRASAGI があるためです。"
    )
    en = (
        "The list would become empty, so its last datasets stay as 配信停止中 "
        "(distribution stopped): some editions of SHIRASAGI read an empty list as the "
        "deletion of everything."
    )
    fix = "すべて消すときは、取り込み先の管理者に削除を頼んでください。"
    fix_en = "To remove everything, ask the catalog's maintainer to delete the imported datasets."
