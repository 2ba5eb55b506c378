"""What the columns of other programs' lists are called, as data for `mapping`: headers and words of headers → fields.

Headers are written as `mapping.plain_header` folds them: lower case, one blank between words, no punctuation at the
ends; a bar stands between them. A target is written "field" or "field:label"; "note" keeps a column as a line of the
note under its own header. "title", "given_or_name" and "organisation_or_note" are settled by the other columns.
"""

from __future__ import annotations


def _turned(table: dict[str, str]) -> dict[str, str]:
    return {word: target for target, words in table.items() for word in words.split(" | ")}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(" | "))


_HEADERS: dict[str, str] = {
    "name": (
        "name | full name | display name | contact name | attendee | participant | visitor | person - name | "
        "contact | attendee name | teilnehmer | teilnehmerin | teilnehmer/in | besucher | anzeigename | "
        "vollständiger name | ansprechpartner | ansprechpartner/in | kontaktperson | kontakt | nachname, vorname | "
        "name, vorname | vor- und nachname | vorname nachname | teilnehmername | họ và tên | họ tên | tên đầy đủ | "
        "người liên hệ | tên khách | 姓名 | 聯絡人 | 联系人 | 全名 | 參加者 | 中文姓名"
    ),
    "given": "first name | firstname | given name | forename | person - first name | vorname | rufname",
    "family": (
        "last name | lastname | surname | family name | person - last name | nachname | familienname | zuname | "
        "họ | họ và tên đệm | họ đệm | 姓 | 姓氏"
    ),
    "middle": (
        "middle name | middle names | additional name | middle initial | weitere vornamen | zweiter vorname | tên đệm"
    ),
    "prefix": (
        "name prefix | prefix | salutation | honorific | academic title | anrede | akad. titel | "
        "akademischer titel | danh xưng | xưng hô | học hàm | 稱謂 | 称谓"
    ),
    "suffix": "name suffix | suffix | namenszusatz",
    "nickname": "nickname | preferred name | spitzname | 英文姓名 | 英文名 | 暱稱",
    "title": "title | titel",
    "given_or_name": "tên | 名 | 名字",
    "organisation": (
        "company | company name | organization | organisation | organization name | organization - name | "
        "organisation name | account name | associated company | employer | institution | exhibitor | "
        "business name | primary associated company | company / account | firma | firmenname | unternehmen | "
        "arbeitgeber | betrieb | einrichtung | firma/organisation | công ty | tên công ty | đơn vị | tổ chức | "
        "doanh nghiệp | cơ quan | nơi công tác | 公司 | 公司名稱 | 公司名称 | 單位 | 单位 | 機構 | 服務單位 | "
        "企業名稱"
    ),
    "organisation_or_note": "account",
    "job_title": (
        "job title | position | role | function | organization title | person - job title | occupation | stelle | "
        "funktion | arbeitstitel | berufsbezeichnung | jobtitel | stellung | rolle | beruf | chức vụ | chức danh | "
        "vị trí | 職稱 | 職位 | 职位 | 职务 | 頭銜"
    ),
    "department": (
        "department | organization department | abteilung | department / business unit | bereich | phòng ban | "
        "bộ phận | 部門 | 部门"
    ),
    "industry": "industry | branche | ngành nghề | lĩnh vực | 產業 | 行業",
    "size": (
        "employees | number of employees | company size | mitarbeiterzahl | mitarbeiter | unternehmensgröße | "
        "quy mô | 員工人數"
    ),
    "email": (
        "thư điện tử | địa chỉ email | hộp thư | 電子郵件 | 電子信箱 | 電郵 | 信箱 | 电子邮件 | 电邮 | 邮箱 | "
        "電子郵件地址"
    ),
    "phone": (
        "điện thoại | số điện thoại | sđt | đt | điện thoại liên hệ | 電話 | 聯絡電話 | 电话 | 聯絡方式 | "
        "callback | rückmeldung | isdn | haupttelefon | telefonnummer | festnetz"
    ),
    "phone:work": "điện thoại công ty | điện thoại cơ quan | 公司電話 | 辦公室電話 | durchwahl | zentrale",
    "phone:home": "điện thoại nhà | 住家電話",
    "phone:mobile": (
        "di động | số di động | điện thoại di động | đtdđ | 手機 | 手機號碼 | 行動電話 | 手机 | mobil | mobile | "
        "handy | cell"
    ),
    "phone:fax": "傳真 | 传真 | số fax | fax",
    "web": "trang web | 網址 | 網站 | 网址 | url | homepage | domain | internet",
    "web:work": "公司網址 | company domain name",
    "address": "địa chỉ | 地址 | 通訊地址 | anschrift",
    "address:work": "公司地址 | địa chỉ công ty",
    "town": "thành phố | tỉnh/thành phố | 城市",
    "region": "縣市 | tỉnh | quận/huyện",
    "postcode": "郵遞區號 | 邮编 | mã bưu điện",
    "country": "quốc gia | 國家 | 国家",
    "web:LinkedIn": "linkedin | linkedin url | linkedin profile",
    "web:Xing": "xing",
    "handle": "screen name | messenger-name | imaddress | im address",
    "handle:LINE": "line id",
    "handle:Zalo": "zalo",
    "handle:WeChat": "wechat | 微信",
    "handle:Skype": "skype",
    "handle:Twitter": "twitter",
    "note": (
        "photo | foto | picture | bild | image | picture url | profile picture | telex | home | location | "
        "office location | büro | do not call"
    ),
    "phone:car": "autotelefon",
    "phone:pager": "pager | funkruf",
    "met_on": (
        "met on | date met | meeting date | scan time | scan date | scanned at | date of contact | contact date | "
        "visit date | kontaktdatum | gesprächsdatum | besuchsdatum | messetag | scanzeit | scandatum | "
        "gescannt am | datum des kontakts | datum des gesprächs | ngày gặp | ngày liên hệ | ngày quét | 聯絡日期 | "
        "拜訪日期 | 會面日期 | 掃描時間 | 洽談日期"
    ),
    "depth": (
        "depth of talk | talk depth | depth | gesprächstiefe | gesprächsintensität | mức độ trao đổi | 交談程度 | "
        "洽談深度"
    ),
    "talk_note": (
        "talk note | talk notes | conversation notes | gesprächsnotiz | gesprächsnotizen | gesprächsinhalt | "
        "messenotiz | nội dung trao đổi | 洽談內容 | 會談紀錄"
    ),
    "consent": (
        "dsgvo | gdpr | einwilligung | einwilligung e-mail | consent | opt-in | opt in | email opt in | optin | "
        "werbung erlaubt | newsletter | dsgvo einwilligung | dsgvo-einwilligung | gdpr consent | email consent | "
        "werbeeinwilligung | marketing consent | marketing permission | datenschutz | kontakterlaubnis | "
        "đồng ý nhận email | 同意 | 行銷同意 | 個資同意"
    ),
    "opt_out": (
        "email opt out | opt out | opt-out | has opted out of email | unsubscribed | unsubscribed from all email | "
        "do not email | abgemeldet"
    ),
    "badge": (
        "badge | badge id | badge-id | badge number | badge no | ticket | ticketnummer | ticket number | "
        "teilnehmer-id | attendee id | lead-id scanner | scanner-id | scan id | scan-id | ausweisnummer | mã vé | "
        "證號 | 識別證號"
    ),
    "remark": (
        "notes | note | comment | comments | description | remarks | notizen | notiz | bemerkung | bemerkungen | "
        "kommentar | kommentare | beschreibung | anmerkung | anmerkungen | ghi chú | 備註 | 附註 | 备注 | 說明"
    ),
    "birthday": "birthday | birthdate | date of birth | geburtstag | geburtsdatum | ngày sinh | 生日",
    "birth_year": "birth year | geburtsjahr",
    "birth_month": "birth month | geburtsmonat",
    "birth_day": "birth day",
    "language": "language | sprache | ngôn ngữ | 語言",
}

HEADERS: dict[str, str] = _turned(_HEADERS)

NOT_A_STAGE: frozenset[str] = _set(
    "bewertung | contact status | customer | deal stage | einstufung | giai đoạn | interessent | "
    "khách hàng tiềm năng | klassifizierung | kunde | kundenstatus | lead | lead status | lead type | lead-status | "
    "leadstatus | leadtyp | lifecycle stage | person - label | phase | priority | priorität | prospect | rating | "
    "stage | status | trạng thái | typ | type | verkaufsphase | 客戶狀態 | 潛在客戶 | 狀態 | 階段"
)
"""Headers whose values mean different roles in different programs: they never set a stage."""

CONSENT_PARTS: tuple[str, ...] = (
    "einwillig", "werbeerlaubnis", "werbung", "newsletter", "opt-in", "opt in", "consent", "marketing", "dsgvo", "gdpr"
)  # fmt: skip
"""What stands in a header over consent, where the values below are yes and no."""

REFUSAL_PARTS: tuple[str, ...] = (
    "abbestell", "abgemeldet", "declin", "kein", "nicht", "no ", "not ", "opt out", "opt-out", "sperr", "unsubscri",
    "verbot", "verweiger", "widerruf", "widerspr", "withdraw",
)  # fmt: skip
"""What turns a header over consent into its opposite: such a column is kept as a note."""

ALSO_VALUES: frozenset[str] = _set(
    "lead | prospect | interessent | kunde | customer | khách hàng tiềm năng | 潛在客戶 | home | badge | ticket"
)
"""Headers that are values of a column as often: they do not tell a header row."""

# the words of headers that say what a column is; a header made of these and the two tables below alone is understood
EMAIL_WORDS = _set("email | mail | mailadresse | emailadresse | emailaddress")
PHONE_WORDS = _set("phone | telephone | tel | telefon | telefonnummer | phonenumber | ph | fon | telnr | rufnummer")
WEB_WORDS = _set("web | website | webseite | homepage | page | site | webpage | internetseite | www")
STREET_WORDS = _set("street | straße | strasse | str | address | adresse | anschrift | hausnummer | streetaddress")
TOWN_WORDS = _set("city | town | ort | stadt | wohnort")
POSTCODE_WORDS = _set("zip | zipcode | postcode | plz | postleitzahl | postal")
REGION_WORDS = _set("state | province | region | bundesland | kanton | county")
COUNTRY_WORDS = _set("country | land | staat | countryregion")
PO_BOX_WORDS = _set("postfach | pobox")

_LABEL_WORDS: dict[str, str] = {
    "work": (
        "work | business | geschäftlich | geschäft | dienstlich | office | büro | firma | firmen | company | "
        "corporate | billing | mailing"
    ),
    "home": "home | private | privat | personal | persönlich",
    "mobile": "mobile | mobil | mobiles | mobiltelefon | handy | cell | cellphone",
    "fax": "fax | telefax | faxnummer",
    "pager": "pager",
    "car": "car | auto",
    "other": "other | andere | weitere | weiteres | weiterer | shipping | lieferung | radio | tty | tdd",
    "assistant": "assistant | assistent | asst | assistants",
}

LABEL_WORDS: dict[str, str] = _turned(_LABEL_WORDS)
"""Words that say whose or which channel it is."""

NEUTRAL_WORDS = _set(
    "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | address | adresse | ansprechpartner | attendee | code | contact | das | "
    "der | die | for | für | haupt | kontakt | main | no | nr | number | nummer | of | person | primary | primär | "
    "primäre | primärer | secondary | sekundär | sekundäre | teilnehmer | the | the's | value"
)
"""Words that add nothing to what a column is; digits tell a second from a first one."""
