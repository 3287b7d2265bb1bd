"""What a plan says to people, Japanese and English, in one place.

`{name}` is a value; `{n:s}` is the English plural ending of the number `n`.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # What would happen, in a sentence
    "title": ("公開計画", "Publication plan"),
    "summary": (
        "{catalog} に書き込むもの: データセットの{counts}。",
        "What would be written to {catalog}: {counts}.",
    ),
    "summary-nothing": (
        "{catalog} に書き込むものはありません（データセット {kept} 件は同じです）。",
        "Nothing would be written to {catalog} ({kept} dataset{kept:s} unchanged).",
    ),
    "summary-decisions": (
        "先に判断か修正が必要なものが {n} 件あります。",
        " Before that, {n} thing{n:s} must be decided or mended.",
    ),
    "count-create": ("作成 {n} 件", "{n} dataset{n:s} created"),
    "count-update": ("更新 {n} 件", "{n} updated"),
    "count-withdraw": ("配信停止 {n} 件", "{n} withdrawn"),
    "count-revive": ("復活 {n} 件", "{n} revived"),
    "count-keep": ("変更なし {n} 件", "{n} unchanged"),
    "fact-url": ("カタログ: {url}（{software}）", "Catalog: {url} ({software})"),
    "fact-severity": ("データの変更の重さ: {severity}", "Change of data: {severity}"),
    "fact-approval": (
        "このカタログへの反映には、承認（署名された計画）が必要です。",
        "This catalog wants an approval (a signed plan) before anything is written.",
    ),
    "fact-digest": ("計画のハッシュ: {digest}", "Digest of the plan: {digest}"),
    # Headings
    "head-decisions": ("判断が必要なもの", "Needs a decision"),
    "head-notes": ("お知らせ", "Notes"),
    "head-drift": ("カタログ側での変更", "Changed on the portal"),
    "head-version": ("版", "Version"),
    "head-changelog": ("データの変更点", "Changes of the data"),
    "head-kept": ("変更のないデータセット", "Datasets without a change"),
    "head-fields": ("項目の変更", "Fields"),
    # Actions
    "create": ("作成", "create"),
    "update": ("更新", "update"),
    "keep": ("変更なし", "keep"),
    "withdraw": ("配信停止", "withdraw"),
    "revive": ("復活", "revive"),
    "withdraw-means": (
        "配信停止と表示します。データセットは消しません。",
        "It is marked as withdrawn (配信停止); the dataset is not deleted.",
    ),
    "revive-means": (
        "削除されていた同じ名前のデータセットを、元の ID のまま戻します。",
        "A deleted dataset of this name comes back under its old id.",
    ),
    "dataset": ("データセット「{title}」（{name}）", "Dataset {title} ({name})"),
    "resource": ("リソース「{title}」（{name}）", "Resource {title} ({name})"),
    "heading": ("{subject}: {action}", "{subject}: {action}"),
    "of": ("{name}: {sentence}", "{name}: {sentence}"),
    "reordered": ("リソースの並び順を変えます。", "The order of the resources changes."),
    "moved": ("並び順が変わります。", "It comes to stand at another position."),
    # Fields and files
    "field-set": ("{name}: {after} を書き込みます", "{name}: set to {after}"),
    "field-clear": ("{name}: {before} を消します", "{name}: {before} is removed"),
    "field-change": ("{name}: {before} → {after}", "{name}: {before} → {after}"),
    "file-new": (
        "ファイル {name} をアップロードします（{after} バイト）",
        "File {name} is uploaded ({after} byte{after:s})",
    ),
    "file-change": (
        "ファイル {name} を置き換えます（{before} → {after} バイト）",
        "File {name} is replaced ({before} → {after} bytes)",
    ),
    "file-keep": (
        "ファイル {name} はそのままです（{after} バイト）",
        "File {name} stays ({after} byte{after:s})",
    ),
    # The table in the DataStore
    "store-create": (
        "データストアに表を作り、{written} 行を書き込みます",
        "DataStore: a table is made, {written} row{written:s} written",
    ),
    "store-replace": (
        "列かキーが変わるため、データストアの表を作り直します（{written} 行）",
        "DataStore: columns or key differ, the table is made anew ({written} row{written:s})",
    ),
    "store-rows": (
        "データストアに {written} 行を書き込み、{deleted} 行を消します",
        "DataStore: {written} row{written:s} written, {deleted} deleted",
    ),
    "store-dictionary": ("データ辞書を書き換えます", "The data dictionary is rewritten"),
    # The change of data
    "rows": (
        "行: 追加 {added}、削除 {removed}、変更 {changed}、同じ {unchanged}",
        "Rows: {added} added, {removed} removed, {changed} changed, {unchanged} unchanged",
    ),
    "columns-added": ("追加された列: {names}", "Columns added: {names}"),
    "columns-removed": ("なくなった列: {names}", "Columns removed: {names}"),
    "column-retyped": (
        "列 {name} の型: {before} → {after}",
        "Type of the column {name}: {before} → {after}",
    ),
    "columns-moved": ("列の位置が変わりました", "Columns stand at other positions"),
    "key-changed": ("主キーが変わりました", "The primary key is another one"),
    "not-keyed": (
        "主キーがないため、行全体で比べました",
        "There is no primary key: rows were compared whole",
    ),
    "rows-shown": (
        "{shown} 行だけを示します（全 {all} 行）",
        "{shown} of {all} row{all:s} are shown",
    ),
    "cell": ("{column}: {value}", "{column}: {value}"),
    "cell-change": ("{column}: {before} → {after}", "{column}: {before} → {after}"),
    "added": ("追加", "added"),
    "removed": ("削除", "removed"),
    "changed": ("変更", "changed"),
    "column-sign": ("変更", "Change"),
    "column-key": ("キー", "Key"),
    "column-before": ("変更前", "Before"),
    "column-after": ("変更後", "After"),
    "column-name": ("項目", "Field"),
    "column-column": ("列", "Column"),
    "diff-caption": ("「{title}」の行の変更", "Changed rows of {title}"),
    "missing": ("（空）", "(empty)"),
    "more": ("ほか {n}", "{n} more"),
    # Severity and version
    "none": ("変更なし", "none"),
    "revision": ("値の修正", "revision (values corrected)"),
    "additive": ("追加のみ", "additive (rows or columns came)"),
    "breaking": (
        "互換性がなくなる変更",
        "breaking (rows or columns went, or changed type, key or position)",
    ),
    "version": (
        "公開中 {published}、package.yaml {declared}、データの変更から導いた版 {derived}",
        "published {published}, package.yaml {declared}, derived from the change {derived}",
    ),
    "version-new": (
        "package.yaml {declared}（新しいデータセット）",
        "package.yaml {declared} (a new dataset)",
    ),
    "version-low": (
        '「{name}」の版が低すぎます。package.yaml に version: "{derived}" 以上を書いてください。',
        'The version of {name} is too low: write version: "{derived}" or higher in package.yaml.',
    ),
    # Drift
    "drift-field": ("{where}の項目 {name}", "field {name} of {where}"),
    "drift-file": ("{where}のファイル", "file of {where}"),
    "drift-rows": ("{where}の行", "rows of {where}"),
    "drift-dictionary": ("{where}のデータ辞書", "data dictionary of {where}"),
    "drift-added": ("カタログ側で加えられた{where}", "{where}, added on the portal"),
    "drift-removed": ("カタログ側で消された{where}", "{where}, removed on the portal"),
    "drift-order": ("{where}のリソースの並び順", "order of the resources of {where}"),
    "drift-deleted": ("カタログ側で削除された{where}", "{where}, deleted on the portal"),
    "drift-dataset": (
        "まちデータが公開したものではない、同じ名前の{where}",
        "{where} of this name, which Machidata did not publish",
    ),
    "drift-other": ("{where}の {name}", "{name} of {where}"),
    "of-dataset": ("データセット", "the dataset"),
    "of-resource": ("リソース「{name}」", "resource {name}"),
    "drift": (
        "{what}: 前回の反映 {recorded} → 今 {found}。{decision}",
        "{what}: we left {recorded}, now {found}. {decision}",
    ),
    "drift-short": ("{what}。{decision}", "{what}. {decision}"),
    "decision-keep": ("そのまま残します。", "It stays."),
    "decision-overwrite": (
        "こちらの値に戻します: {wanted}",
        "It is overwritten with ours: {wanted}",
    ),
    "decision-overwrite-short": ("こちらのものに戻します。", "It is overwritten with ours."),
    "decision-conflict": (
        "両方で変わりました（こちらは {wanted}）。"
        "どちらを採るか決めるまで、このデータセットは反映できません。",
        "Both sides changed it (ours: {wanted}). This dataset waits until somebody decides.",
    ),
    "decision-conflict-short": (
        "両方で変わりました。どちらを採るか決めるまで、このデータセットは反映できません。",
        "Both sides changed it. This dataset waits until somebody decides.",
    ),
    "decision-adopt": (
        "引き継ぐなら --drift overwrite を付けて計画を作り直してください。それまで反映できません。",
        "To take it over, plan again with --drift overwrite; until then it is left alone.",
    ),
    "decide-how": (
        "決まったら、--drift keep（カタログの値を残す）か --drift overwrite（こちらの値に戻す）を"
        "付けて計画を作り直してください。",
        "Then plan again with --drift keep (the portal's values stay) or --drift overwrite "
        "(ours are put back).",
    ),
    "unrecorded": (
        "前回の反映の記録がないため、違いが誰の変更によるものかは分かりません。",
        "There is no record of an apply of ours: whose edits the differences are cannot be told.",
    ),
    # The change log of the data
    "log-created": ("表 {n} 件で公開を始めました。", "First published, with {n} table{n:s}."),
    "log-withdrawn": ("配信を停止しました。", "Withdrawn."),
    "log-revived": ("公開を再開しました。", "Published again."),
    "log-table-added": (
        "表「{title}」を追加しました（{n} 行）。",
        "Table {title} added ({n} row{n:s}).",
    ),
    "log-table-withdrawn": ("表「{title}」の配信を停止しました。", "Table {title} withdrawn."),
    "log-file": (
        "「{title}」のファイルを置き換えました。",
        "The file of {title} was replaced.",
    ),
    "log-table": ("表「{title}」: {changes}。", "Table {title}: {changes}."),
    "log-columns-added": ("列を追加（{names}）", "columns added ({names})"),
    "log-columns-removed": ("列を削除（{names}）", "columns removed ({names})"),
    "log-columns-retyped": ("列の型を変更（{names}）", "types of columns changed ({names})"),
    "log-columns-moved": ("列の位置を変更", "columns moved"),
    "log-key-changed": ("主キーを変更", "primary key changed"),
    "log-rows-added": ("{n} 行を追加（{names}）", "{n} row{n:s} added ({names})"),
    "log-rows-removed": ("{n} 行を削除（{names}）", "{n} row{n:s} removed ({names})"),
    "log-rows-changed": (
        "{n} 行の値を変更（{names}、列: {columns}）",
        "values of {n} row{n:s} changed ({names}; columns: {columns})",
    ),
    "log-rows-plain": (
        "行の入れ替え（追加 {added}、削除 {removed}）",
        "rows replaced ({added} added, {removed} removed)",
    ),
    # What a rendering leaves out
    "left-out": (
        "長くなるため、ここでは省きました: {parts}。計画のファイルを見てください。",
        "Left out here for length: {parts}. See the plan file.",
    ),
    "left-datasets": ("データセット {n} 件", "{n} dataset{n:s}"),
    "left-resources": ("リソース {n} 件", "{n} resource{n:s}"),
    "left-title": ("省いたもの", "Left out"),
    "left-rows": ("{n} 行", "{n} row{n:s}"),
    "left-lines": ("{n} 項目", "{n} line{n:s}"),
}
