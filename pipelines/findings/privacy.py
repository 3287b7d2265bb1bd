"""What belongs to a person and must not leave the house. `found` is always masked.

What is a person's stops the package; what is an office's, or may be a person in office, is for the
clerk to judge.
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class PrivacyMyNumber(FindingKind):
    code = "privacy-my-number"
    severity = "誤り"
    title = "個人番号（マイナンバー）"
    title_en = "My Number"
    ja = "個人番号（マイナンバー）と同じ桁数で検査数字も合う番号があります: {found}"
    en = "A number has the twelve digits and the check digit of a My Number: {found}"
    fix = (
        "個人番号は公開できません。元の文書と抄録から取り除いてください。個人番号でない番号なら、"
        "理由を添えてこの検査結果を受け入れてください。"
    )
    fix_en = (
        "A My Number must never be published: remove it from the document and its extract. If it "
        "is another number, accept this finding with a reason."
    )


class PrivacyPhone(FindingKind):
    code = "privacy-phone"
    severity = "誤り"
    title = "個人の電話番号と思われるもの"
    title_en = "Telephone number, perhaps a person's"
    ja = "携帯電話の番号か、組織の名の無い電話番号があります: {found}"
    en = "A mobile number, or a telephone number without the name of an office: {found}"
    fix = (
        "個人の番号なら取り除いてください。組織の番号なら、その名を並べて書くか、理由を添えて"
        "この検査結果を受け入れてください。"
    )
    fix_en = (
        "Remove it if it is a person's. If it is an office's, name the office beside it, or accept "
        "this finding with a reason."
    )


class PrivacyPhoneOffice(FindingKind):
    code = "privacy-phone-office"
    severity = "警告"
    title = "組織の電話番号"
    title_en = "Telephone number of an office"
    ja = "連絡先の列でないところに、組織の電話番号があります: {found}"
    en = "The telephone number of an office stands outside a contact column: {found}"
    fix = (
        "公開してよい番号かを確かめてください。問い合わせ先は package.yaml の contact に書けます。"
    )
    fix_en = (
        "Check that it may be published; package.yaml has 'contact' for what people should call."
    )


class PrivacyEmail(FindingKind):
    code = "privacy-email"
    severity = "誤り"
    title = "個人のメールアドレスと思われるもの"
    title_en = "Address of mail, perhaps a person's"
    ja = "行政機関のものでないメールアドレスがあります: {found}"
    en = "An address of mail that is not a public body's: {found}"
    fix = (
        "個人のものなら取り除いてください。公開されている組織のものなら、理由を添えてこの検査結果を"
        "受け入れてください。"
    )
    fix_en = (
        "Remove it if it is a person's. If it is one that an organization publishes, accept this "
        "finding with a reason."
    )


class PrivacyEmailOffice(FindingKind):
    code = "privacy-email-office"
    severity = "警告"
    title = "行政機関のメールアドレス"
    title_en = "Address of mail of a public body"
    ja = "連絡先の列でないところに、行政機関のメールアドレスがあります: {found}"
    en = "A public body's address of mail stands outside a contact column: {found}"
    fix = "職員個人のものでなく、公開してよいものかを確かめてください。"
    fix_en = "Check that it is not one of the staff's own and may be published."


class PrivacyName(FindingKind):
    code = "privacy-name"
    severity = "警告"
    title = "人の名前と思われるもの"
    title_en = "Name of a person, perhaps"
    ja = "人の名前と思われる語があります: {found}"
    en = "This seems to be the name of a person: {found}"
    fix = (
        "公開してよい名前かを確かめてください。人の名前でなければ、vocab/persons.ttl の nobody に"
        "語を加えてください。"
    )
    fix_en = (
        "Check that the name may be published. If it is none, add the word to 'nobody' in "
        "vocab/persons.ttl."
    )


class PrivacyNameField(FindingKind):
    code = "privacy-name-field"
    severity = "誤り"
    title = "氏名の欄に書かれた名前"
    title_en = "Name in a field for names"
    ja = "氏名の欄に名前があります: {found}"
    en = "A field for a person's name is filled: {found}"
    fix = (
        "名前を取り除いてください。公開してよい名前なら、理由を添えてこの検査結果を受け入れて"
        "ください。"
    )
    fix_en = "Remove the name. If it may be published, accept this finding with a reason."
