"""Words of other people's vocabularies that every catalog needs, with the schemes they are in.

The IRIs are those of the EU authority tables that DCAT-AP 3.0.1 asks for
(mdr-vocabularies.shape.ttl); the classes and labels are stated in the catalog too, so that a reader
and a range check need not load the tables.
"""

from __future__ import annotations

from pipelines.describe.model import Concept, FileFormat, Licence, Standard, Text, text
from pipelines.model import MachidataError
from pipelines.vocabulary import VOCAB_BASE, Scheme, scheme
from pipelines.vocabulary import Concept as VocabConcept

EU = "http://publications.europa.eu/resource/authority/"
_ADMS_PUBLISHER = "http://purl.org/adms/publishertype/1.0"
_ADMS_LICENCE = "http://purl.org/adms/licencetype/1.0"


def _eu(table: str, code: str, ja: str, en: str) -> Concept:
    return Concept(f"{EU}{table}/{code}", text(ja, en), EU + table)


JAPANESE = _eu("language", "JPN", "日本語", "Japanese")
ENGLISH = _eu("language", "ENG", "英語", "English")
JAPAN = _eu("country", "JPN", "日本", "Japan")
PUBLIC = _eu("access-right", "PUBLIC", "公開", "public")
STABLE = _eu("planned-availability", "STABLE", "安定", "stable")
CSV = FileFormat(
    name="CSV",
    concept=_eu("file-type", "CSV", "CSV", "CSV"),
    media_type="text/csv",
    media_iri="https://www.iana.org/assignments/media-types/text/csv",
)
SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
SHA256_SPDX = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
DATA_THEMES = (EU + "data-theme", text("EUのデータ分類", "Data themes of the European Union"))
_JOINED = {"publishertype": "publisher type", "licencetype": "licence type"}
FIELDS = (
    VOCAB_BASE + "themes",
    text("分野（e-Statの17分野）", "Fields (the seventeen fields of e-Stat)"),
)
DATA_PACKAGE = Standard(
    "https://datapackage.org/profiles/2.0/datapackage.json", text("", "Data Package 2.0")
)
CSV_RULES = Standard(
    "https://www.rfc-editor.org/info/rfc4180",
    text("RFC 4180（CSVの書き方）", "RFC 4180: format of comma-separated values"),
)


def scheme_title(iri: str) -> Text:
    """A title for the scheme of a concept: its own, or the name of the table that it is."""
    stated = dict((DATA_THEMES, FIELDS))
    plain = iri.removesuffix("/1.0").rsplit("/", 1)[-1].replace("-", " ")
    return stated.get(iri, text("", _JOINED.get(plain, plain)))


def publisher_type(name: str) -> Concept | None:
    """A concept of ADMS publisher types 1.0 by its local name; None for ''."""
    if not name:
        return None
    labels = {"LocalAuthority": "地方公共団体", "RegionalAuthority": "広域の公共団体"}
    iri = f"http://purl.org/adms/publishertype/{name}"
    return Concept(iri, text(labels.get(name, ""), name), _ADMS_PUBLISHER)


def _lookup(name: str, written: str) -> VocabConcept | None:
    known: Scheme = scheme(name)
    try:
        return known.get(written)
    except KeyError:
        return known.match(written)


def _unknown(name: str, key: str, written: str, package: str) -> MachidataError:
    notations = ", ".join(concept.notation for concept in scheme(name))
    return MachidataError(
        f"{key}-unknown",
        ja=f"package.yaml の {key} は語彙 vocab/{name}.ttl にありません。",
        en=f"The {key} of package.yaml is not in the vocabulary vocab/{name}.ttl.",
        where=package,
        found=written,
        expected=notations,
        fix_ja="語彙にある値を書くか、語彙に加えてください。",
        fix_en="Write one of the known values or add yours to the vocabulary.",
    )


def frequency(written: str, package: str) -> Concept | None:
    """The EU frequency for a notation or label of `vocab/frequencies.ttl`; None for ''.

    Raises MachidataError `frequency-unknown`, naming `package`.
    """
    if not written:
        return None
    found = _lookup("frequencies", written)
    if found is None:
        raise _unknown("frequencies", "frequency", written, package)
    return Concept(found.matches[0], text(found.ja, found.en), EU + "frequency")


def themes(written: tuple[str, ...], package: str) -> tuple[Concept, ...]:
    """The themes of a package: each stated field (`vocab/themes.ttl`) and its EU data themes.

    An EU theme may be stated directly by its notation. Raises MachidataError `theme-unknown`.
    """
    found: dict[str, Concept] = {}
    for word in written:
        field = _lookup("themes", word)
        stated = None if field else _lookup("data_themes", word)
        if field is None and stated is None:
            raise _unknown("themes", "theme", word, package)
        if field:
            home = field.iri.split("#")[0]
            found[field.iri] = Concept(field.iri, text(field.ja, field.en), home)
        notations = (
            field.extra.get("dataTheme", ()) if field else (stated.notation,) if stated else ()
        )
        for notation in notations:
            theme = scheme("data_themes").get(notation)
            iri = theme.matches[0]
            found[iri] = Concept(iri, text(theme.ja, theme.en), DATA_THEMES[0])
    return tuple(found[iri] for iri in sorted(found))


def licence(written: str, package: str) -> Licence | None:
    """The stated licence (`vocab/licences.ttl`); None for '': no licence is ever assumed.

    Its IRI is the EU authority's where there is one (catalogs check against that table), else the
    address of its text. Raises MachidataError `licence-unknown`.
    """
    if not written:
        return None
    found = _lookup("licences", written)
    if found is None:
        raise _unknown("licences", "licence", written, package)
    kind_iri = found.first("licenceType")
    kind = Concept(kind_iri, text("", kind_iri.rsplit("/", 1)[-1]), _ADMS_LICENCE)
    url = found.first("url")
    return Licence(
        iri=found.matches[0] if found.matches else url,
        key=found.notation,
        title=text(found.ja, found.en),
        url=url,
        spdx=found.first("spdx"),
        kind=kind if kind_iri else None,
        ids={key: found.first(key) for key in sorted(found.extra) if key.endswith("Id")},
        is_open=found.first("open") == "true",
    )
