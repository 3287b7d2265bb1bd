"""Every sentence that the command line says itself, in Japanese and English.

Errors and findings bring their own two languages; this file holds help, headings and summaries.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

LANGUAGES = ("ja", "en")

TEXTS: Mapping[str, tuple[str, str]] = {
    "help": (
        "まちデータ — 自治体の計画・指標・一覧を、検査済みのオープンデータにします。",
        "Machidata turns a municipality's plans, KPI tables and lists into checked open data.",
    ),
    "help.build": (
        "パッケージを読み、検査し、カタログ（既定 out/catalog）に公開します。NAME が無ければ全部。",
        "Read, check and publish packages (all without NAME) into a catalog (default out/catalog).",
    ),
    "help.read": (
        "計画の文書を表（CSV）にします。宣言は要りません。",
        "Turn any plan document into tidy tables; no declaration is needed.",
    ),
    "help.check": (
        "CSV、文書、メタデータ（.ttl など）、パッケージを検査します。誤りがあれば終了コード 1。"
        "パッケージでは報告（findings.html）も書きます。",
        "Check a CSV file, a document, metadata (.ttl …) or a package; exit code 1 on errors. Of a "
        "package the report (findings.html) is written too.",
    ),
    "help.explain": (
        "値がどこに印刷され、どの規則で読まれたかを示します。COLUMN が無ければ行のすべての列。",
        "Show where a value is printed and by which rules it was read (all columns of a row).",
    ),
    "help.publish": (
        "パッケージをカタログに公開します。--plan で計画だけを書き、--apply で実行します。",
        "Publish packages to a catalog; --plan only writes the plan, --apply carries it out.",
    ),
    "help.approve": (
        "公開の計画（PLAN）を示して署名します。鍵は環境変数 MACHIDATA_APPROVAL_KEY から。",
        "Show a plan and sign it; the key is taken from MACHIDATA_APPROVAL_KEY.",
    ),
    "help.verify": (
        "公開先を読み返し、あるべき姿との違いを示します。違いがあれば終了コード 1。",
        "Read a catalog back and say what differs; exit code 1 if anything does.",
    ),
    "help.rollback": (
        "公開先を、最後に公開する前の状態に戻します。",
        "Give a catalog back as it was before the last apply.",
    ),
    "help.new": (
        "文書から新しいパッケージのフォルダを作ります。",
        "Make a new package folder from a document.",
    ),
    "option.documents": (
        "文書全体のあるフォルダ（本文も読む。--out が必要）",
        "Folder of the whole documents (prose is read too; needs --out).",
    ),
    "option.show-documents": (
        "抄録の代わりに示す、文書全体のあるフォルダ",
        "Folder of the whole documents, shown in place of the extracts.",
    ),
    "option.out": ("出力先のフォルダ", "Folder to write to."),
    "option.base": (
        "カタログを置くアドレス（メタデータの IRI に使う）",
        "Address of the catalog, used in the IRIs of the metadata.",
    ),
    "option.municipality": ("6桁の全国地方公共団体コード", "Six-digit municipality code."),
    "option.schema": (
        "表の種類（例: observation）。無ければファイル名から",
        "Which table it is, e.g. observation; told by the file's name otherwise.",
    ),
    "option.to": (
        "公開先（folder、shirasagi、ckan:アドレス、catalogs/NAME.yaml の NAME）",
        "The catalog: folder, shirasagi, ckan:ADDRESS, or NAME of catalogs/NAME.yaml.",
    ),
    "option.abandon": (
        "途中で止まった公開や取り消しの記録をあきらめる（公開先には触れない）",
        "Give an interrupted run up and leave the catalog as it stands.",
    ),
    "option.drift": (
        "公開先で編集されたもの: ask 残すが両方変わったら止まる / keep 残す / overwrite 上書き",
        "Edits made in the catalog: ask (stay; stop where both changed), keep, overwrite.",
    ),
    "option.plan": ("変更の計画だけを FILE に書く", "Only write the plan of changes to FILE."),
    "option.apply": ("計画 FILE を実行する", "Carry out the plan in FILE."),
    "option.forget": (
        "取り下げたデータセット NAME（または NAME/表）を一覧からも消す。取り込み先では削除されます",
        "Take the withdrawn dataset NAME (or NAME/TABLE) off the list; importers delete it.",
    ),
    "option.moved": (
        "ファイルのアドレスが変わることを認める。取り込み先では別のファイルになります",
        "Allow that addresses of files change; importers make other files of them.",
    ),
    "option.as": (
        "承認者の名前（catalogs/NAME.yaml の approvers）",
        "Who approves: a name of 'approvers' in catalogs/NAME.yaml.",
    ),
    "option.new-key": (
        "新しい鍵の組を作り、一度だけ示す",
        "Make a fresh pair of keys and show it once.",
    ),
    "option.from": ("もとにする文書", "The document to start from."),
    "option.json": ("結果を JSON で標準出力に", "Write the result to standard output as JSON."),
    "option.lang": (
        "言葉（ja / en）。既定はロケール",
        "Language (ja / en).",
    ),
    "option.help": ("この説明を表示", "Show this message."),
    "option.version": ("版を表示", "Show the version."),
    "stage.read": ("読む", "read"),
    "stage.tidy": ("整える", "tidy"),
    "stage.check": ("検査する", "check"),
    "stage.package": ("まとめる", "package"),
    "stage.describe": ("目録を書く", "describe"),
    "stage.publish": ("公開する", "publish"),
    "stage.plan": ("公開先を読み、計画する", "read the catalog and plan"),
    "stage.verify": ("読み返して確かめる", "read back and compare"),
    "stage.create": ("新しく公開する", "create"),
    "stage.update": ("更新する", "update"),
    "stage.revive": ("復活させる", "revive"),
    "stage.withdraw": ("配信停止にする", "withdraw"),
    "stage.undo": ("元に戻す", "undo"),
    "stage.rollback": ("前の状態に戻す", "roll back"),
    "stage.keep": ("そのまま", "keep"),
    "applied.create": ("公開しました", "created and published"),
    "applied.update": ("更新しました", "updated"),
    "applied.revive": ("復活させました", "revived"),
    "applied.withdraw": ("配信停止にしました（消していません）", "marked as withdrawn (kept)"),
    "applied.keep": ("そのままです", "kept"),
    "applied.undone": ("公開できませんでした。前の状態のままです", "failed; as it was before"),
    "applied.open": ("途中で止まりました", "interrupted"),
    "applied.again": (
        "もう一度同じ命令を実行すると、続きから公開します。",
        "Run the same command again: it goes on where it stopped.",
    ),
    "applied.nothing": ("変わったものはありません。", "Nothing to change."),
    "resumed": ("止まっていた公開の続きをしました: {run}", "went on with {run}"),
    "verify.equal": ("公開先は、あるべき姿のとおりです。", "The catalog is as it should be."),
    "verify.differs": ("違い: {count} 件", "differences: {count}"),
    "rollback.back": ("前の状態に戻しました", "as it was before"),
    "rollback.deleted": (
        "前には無かったので削除しました（次に公開すると同じ ID で戻ります）",
        "deleted: it was not there before (publishing brings it back under its id)",
    ),
    "rollback.incomplete": (
        "公開先が前の状態をそのまま受け取りませんでした。machidata verify で違いを確かめてください",
        "not everything is as it was before: see machidata verify",
    ),
    "rollback.done": ("公開 {run} を取り消しました。", "Run {run} was undone."),
    "stage.server": ("実行環境を起動する", "start the engine"),
    "catalog": ("カタログ", "catalog"),
    "label.where": ("場所", "where"),
    "label.found": ("記載", "found"),
    "label.expected": ("期待", "expected"),
    "label.fix": ("対処", "fix"),
    "label.accepted": ("承認済み", "accepted"),
    "severity.誤り": ("誤り", "error"),
    "severity.警告": ("警告", "warning"),
    "severity.情報": ("情報", "info"),
    "published": ("公開しました", "published"),
    "kept": ("前の版を残しました", "previous edition kept"),
    "stopped": ("公開していません", "not published"),
    "failed": ("作れませんでした", "could not be built"),
    "rows": ("{count} 行", "{count} rows"),
    "findings.none": ("指摘はありません。", "Nothing was found."),
    "findings.more": (
        "ほか {count} 件。すべて見るには --json を付けてください。",
        "{count} more; add --json to see them all.",
    ),
    "summary": (
        "誤り {errors} ・警告 {warnings} ・情報 {notes}",
        "{errors} errors, {warnings} warnings, {notes} notes",
    ),
    "summary.accepted": ("（うち承認済み {count}）", " ({count} of them accepted)"),
    "wrote.tables": (
        "{count} 個のファイルを書きました: {folder}",
        "{count} files written: {folder}",
    ),
    "replaced": ("前のファイルを置き換えました: {names}", "replaced: {names}"),
    "removed": ("前の表を削除しました: {names}", "removed: {names}"),
    "wrote.plan": ("計画を書きました: {file}", "Plan written: {file}"),
    "wrote.report": ("報告: {files}", "Report: {files}"),
    "wrote.nothing": ("何も書いていません。", "Nothing was written."),
    "wrote.catalog": ("カタログ: {folder}", "Catalog: {folder}"),
    "wrote.package": (
        "{folder} を作りました。package.yaml の空欄を埋めてください。",
        "Made {folder}. Fill in the empty entries of package.yaml.",
    ),
    "changed": ("変わったファイル: {count}", "files changed: {count}"),
    "label.explain.printed": ("原文", "printed"),
    "label.explain.source": ("出典", "source"),
    "label.explain.place": ("位置", "place"),
    "label.explain.rules": ("規則", "rules"),
    "explain.empty": ("（空。この列に値はありません）", "(empty: there is no value here)"),
    "explain.unbuilt": (
        "データはまだ作られていないので、出典をいま読みました。",
        "No data were built yet; the sources were read just now.",
    ),
    "explain.untraced": (
        "この値の出どころは、表 provenance に書かれていません。",
        "The table provenance has no row for this value.",
    ),
    "explain.nosource": (
        "データの言う出典が見つかりません。machidata build で作り直してください。",
        "The source that the data name is not here; build the package again.",
    ),
    "explain.extract": (
        "データは抄録から読み取りました（{hash}）。ここに示すのは文書全体で、行とセルは同じです。",
        "The data were read from the extract ({hash}); this is the whole document, line for line.",
    ),
    "explain.changed": (
        "出典が、データを作った時と違います（データの出典は {hash}）。作り直してください。",
        "The source is not what the data were read from ({hash}); build the package again.",
    ),
    "explain.noplace": (
        "この出典に、位置 {place} はありません。",
        "There is no {place} in this source.",
    ),
    "explain.elsewhere": (
        "※ データの原文は、この位置に印刷されていません。",
        "※ What the data quote is not printed at this place.",
    ),
    "explain.norule": (
        "印刷のまま（規則なし）",
        "as printed (no rule)",
    ),
    "approved": ("承認しました（{name}）: {file}", "approved by {name}: {file}"),
    "key.public": (
        "公開鍵（catalogs/NAME.yaml の approvers に書く）: {key}",
        "public key, for 'approvers' in catalogs/NAME.yaml: {key}",
    ),
    "key.private": (
        "秘密鍵（承認者だけが保管し、MACHIDATA_APPROVAL_KEY に設定する。再表示できません）: {key}",
        "private key, for MACHIDATA_APPROVAL_KEY of the approver alone; never shown again: {key}",
    ),
    "stopped.run": ("中断しました。", "Interrupted."),
}

_chosen: list[str] = []


def use(language: str) -> None:
    """Chooses the language of this process; '' goes back to the locale's."""
    _chosen[:] = [language] if language in LANGUAGES else []


def language() -> str:
    """`ja` or `en`: the one chosen, else Japanese for a Japanese locale and English for others.

    The locale is that of POSIX: LC_ALL before LC_MESSAGES before LANG, the first one not empty.
    """
    if _chosen:
        return _chosen[0]
    stated = (os.environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in stated if value), "")
    return "ja" if locale.lower().startswith("ja") else "en"


def asked(arguments: Sequence[str]) -> str:
    """The value of --lang in a command line that is not parsed yet ('' for none)."""
    for word, after in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""


def say(key: str, /, **words: object) -> str:
    """The sentence `key` in the chosen language. Raises KeyError for an unknown key."""
    return TEXTS[key][LANGUAGES.index(language())].format(**words)


def pick(ja: str, en: str) -> str:
    """The text in the chosen language, the other one when it is empty."""
    return (ja or en) if language() == "ja" else (en or ja)
