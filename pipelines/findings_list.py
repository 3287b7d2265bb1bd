"""The findings of the オープンデータ一覧 of a catalog: what its readers would lose, told before.

The traps are those of SHIRASAGI's metadata importer (docs/shirasagi.md says where each was seen).
`{row_id}` is a データセット_ID, `{file}` a ファイル_ID.
"""

from __future__ import annotations

from pipelines.findings import declare

LIST_WITHDRAWN = declare(
    "list-withdrawn",
    "警告",
    "「{found}」は公開されなくなりました。取り込む側で削除されないよう、「配信停止中」として一覧に"
    "残します。",
    "'{found}' is no longer published; it stays in the list as 配信停止中 (distribution stopped), "
    "so that importers do not delete it.",
    "誤って外したのなら戻してください。一覧からも消すときは machidata publish に --forget "
    "{found} を"
    "付けます。取り込み先では削除されます。",
    "Put it back if that was a mistake. To take it off the list too, which deletes it there, "
    "publish "
    "with --forget {found}",
)
LIST_STAYS_WITHDRAWN = declare(
    "list-stays-withdrawn",
    "情報",
    "「{found}」は「配信停止中」のまま一覧に残っています。",
    "'{found}' is still in the list as 配信停止中 (distribution stopped).",
    "一覧からも消すときは machidata publish に --forget {found} を付けます。",
    "To take it off the list, which deletes it where it was imported, publish with "
    "--forget {found}",
)
LIST_ADDRESS = declare(
    "list-address-changed",
    "警告",
    "ファイル「{file}」のアドレスが変わりました: {expected} → {found}。取り込む側では別のファイルに"
    "なり、前のものは番号やダウンロード数ごと削除されます。",
    "The address of the file '{file}' changed: {expected} → {found}. Importers take it for "
    "another "
    "file and delete the one before, with its number and its counters.",
    "意図しないときは、--base・パッケージの名前・表の名前を前と同じにしてください。",
    "Unless this is intended, use the same --base, package name and table name as before.",
)
LIST_DATE_SAME = declare(
    "list-date-same",
    "警告",
    "前の一覧から内容が変わりましたが、最終更新日が {found} のままです（{columns}）。日付が同じ"
    "データセットを、取り込む側は保存しないことがあります。",
    "The rows differ from the list before but the date of the last change is still {found} "
    "({columns}); importers may not save a dataset whose date is the same.",
    "package.yaml の modified に、変えた日を書いてください。",
    "Write the day of the change as 'modified' in package.yaml.",
)
LIST_DATE_MISSING = declare(
    "list-date-missing",
    "誤り",
    "最終更新日がありません。取り込む側は取り込んだ時刻を使い、毎回「更新あり」とします。",
    "There is no date of the last change: importers use the time of the import and see a "
    "change "
    "each time.",
    "package.yaml の issued と modified に日付を書いてください。",
    "Write the dates 'issued' and 'modified' in package.yaml.",
)
LIST_LICENCE = declare(
    "list-licence-unknown",
    "警告",
    "ライセンス「{found}」は、SHIRASAGI の既定のメタデータライセンスIDとして知られていません"
    "。取り込み先に同じ"
    "IDが無ければ、ファイルはライセンス無しになるか、取り込めません。",
    "The licence '{found}' is no known metadata licence id of SHIRASAGI; where the catalog "
    "has not set "
    "it, the file gets no licence or is not imported.",
    "取り込み先の管理者に、この文字をライセンスの「メタデータライセンスID」に設定してもらい、"
    "vocab/licences.ttl の shirasagiId に書いてください。",
    "Ask the catalog's maintainer to set these words as the metadata licence id, then write "
    "them as "
    "shirasagiId in vocab/licences.ttl.",
)
LIST_TITLE_SAME = declare(
    "list-title-same",
    "警告",
    "空白を除くと「{expected}」と同じ題名です: {found}。取り込む側は題名の空白を取り除くので、"
    "見分けられなくなります。",
    "Without white space this title equals that of '{expected}': {found}. Importers take white "
    "space out of titles, so that the two cannot be told apart.",
    "package.yaml の title を、空白のほかでも区別できるようにしてください。",
    "Make the titles in package.yaml differ by more than white space.",
)
LIST_ID_SAME = declare(
    "list-id-same",
    "誤り",
    "データセットのIDが空か、空白を除くと別のIDと同じです: {found}",
    "The dataset's id is empty or, without white space, equals another one: {found}",
    "パッケージの名前を変えてください。",
    "Rename the package.",
)
LIST_ADDRESS_SAME = declare(
    "list-address-same",
    "誤り",
    "同じアドレスのファイルが二つあります: {found}。取り込む側では一つのファイルになります。",
    "Two files have the same address: {found}. Importers make one file of them.",
    "パッケージまたは表の名前を変えてください。",
    "Rename the package or the table.",
)
LIST_FORMAT = declare(
    "list-format-differs",
    "警告",
    "形式「{found}」とアドレスの拡張子「{expected}」が違います。形式の列を読まない版の SHIRASAGI は"
    "拡張子を使います。",
    "The format '{found}' is not the address's extension '{expected}', which editions of "
    "SHIRASAGI "
    "use that do not read the column.",
    "ファイルの拡張子を形式に合わせてください。",
    "Give the file the extension of its format.",
)
LIST_FULL_ONE_KEPT = declare(
    "list-not-emptied",
    "警告",
    "一覧が空になるので、最後のデータセットは「配信停止中」のまま残しました。空の一覧を、全件"
    "の削除として"
    "読む版の SHIRASAGI があるためです。",
    "The list would become empty, so its last datasets stay as 配信停止中 (distribution "
    "stopped): some "
    "editions of SHIRASAGI read an empty list as the deletion of everything.",
    "すべて消すときは、取り込み先の管理者に削除を頼んでください。",
    "To remove everything, ask the catalog's maintainer to delete the imported datasets.",
)
