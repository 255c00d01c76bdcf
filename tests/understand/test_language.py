"""The language of a document: told where it can be, English never taken for another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.fields import LANGUAGES
from recordsearch.query.stop_words import FUNCTION_WORDS
from recordsearch.understand.language import UNKNOWN, find_language

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

# Invented official prose, about the same camera pilot in a city that does not exist.
# fmt: off
TEXTS = {
    "en": "The council has asked the police department for all records about the camera"
        " pilot, and we have not yet received an answer to the letter that was sent "
        "in March.",
    "de": "Der Stadtrat hat die Polizei um alle Unterlagen über den Versuch mit Kameras"
        " gebeten, und wir haben noch keine Antwort auf das Schreiben erhalten, das "
        "im März verschickt wurde.",
    "fr": "Le conseil a demandé à la police tous les documents sur l'essai des caméras,"
        " et nous n'avons pas encore reçu de réponse à la lettre qui a été envoyée au"
        " mois de mars.",
    "es": "El consejo ha pedido a la policía todos los documentos sobre el ensayo de "
        "las cámaras, y todavía no hemos recibido una respuesta a la carta que se "
        "envió en el mes de marzo.",
    "pt": "O conselho pediu à polícia todos os documentos sobre o ensaio das câmaras, e"
        " ainda não recebemos uma resposta à carta que foi enviada no mês de março "
        "pelo nosso gabinete.",
    "it": "Il consiglio ha chiesto alla polizia tutti i documenti sulla prova delle "
        "telecamere, e non abbiamo ancora ricevuto una risposta alla lettera che è "
        "stata inviata nel mese di marzo.",
    "nl": "De gemeenteraad heeft de politie om alle stukken over de proef met de "
        "camera's gevraagd, en wij hebben nog geen antwoord op de brief die in maart "
        "door ons is verstuurd.",
    "sv": "Kommunfullmäktige har bett polisen om alla handlingar som rör försöket med "
        "kameror, och vi har ännu inte fått något svar på det brev som vi skickade "
        "till dem i mars.",
    "da": "Byrådet har bedt politiet om alle dokumenter, der handler om forsøget med "
        "kameraer, og vi har endnu ikke fået noget svar på det brev, som vi sendte "
        "til dem efter mødet i marts.",
    "no": "Kommunestyret har bedt politiet om alle dokumenter som handler om forsøket "
        "med kameraer, og vi har ennå ikke fått noe svar på brevet som vi sendte til "
        "dem etter møtet i mars.",
    "fi": "Valtuusto on pyytänyt poliisilta kaikki asiakirjat, jotka koskevat "
        "kamerakokeilua, mutta me emme ole vielä saaneet vastausta kirjeeseen, joka "
        "on lähetetty ennen kokousta.",
    "pl": "Rada miasta poprosiła policję o wszystkie dokumenty, które dotyczą próby z "
        "kamerami, ale nie otrzymaliśmy jeszcze odpowiedzi na list, który został do "
        "nich wysłany w marcu.",
    "cs": "Rada města požádala policii o všechny dokumenty, které se týkají zkoušky s "
        "kamerami, ale ještě jsme nedostali odpověď na dopis, který byl podle nás "
        "odeslán v březnu.",
    "hu": "A városi tanács minden iratot kért a rendőrségtől a kamerás kísérletről, de "
        "még nem kaptunk választ arra a levélre, amelyet a márciusi ülés után "
        "küldtünk el nekik.",
    "ro": "Consiliul a cerut poliției toate documentele despre proba cu camere, dar nu "
        "am primit încă un răspuns la scrisoarea care a fost trimisă în luna martie "
        "de către noi.",
    "tr": "Belediye meclisi kameralar ile ilgili tüm belgeleri polisten istedi, ancak "
        "mart ayında gönderilen mektup için bize henüz bir cevap verilmedi ve bu çok "
        "uzun oldu.",
    "ru": "Городской совет запросил у полиции все документы об испытании камер, но мы "
        "ещё не получили ответа на письмо, которое было отправлено в марте.",
    "uk": "Міська рада запросила у поліції всі документи про випробування камер, але ми"
        " ще не отримали відповіді на лист, який було надіслано у березні.",
    "el": "Το δημοτικό συμβούλιο ζήτησε από την αστυνομία όλα τα έγγραφα για τη δοκιμή "
        "των καμερών.",
    "ar": "طلب مجلس المدينة من الشرطة جميع الوثائق عن تجربة الكاميرات ولم نتلق أي رد "
        "حتى الآن.",
    "he": "מועצת העיר ביקשה מן המשטרה את כל המסמכים על ניסוי המצלמות ועדיין לא קיבלנו "
        "תשובה.",
    "hi": "नगर परिषद ने पुलिस से कैमरों के परीक्षण के सभी दस्तावेज़ "
        "मांगे हैं और अभी तक कोई उत्तर नहीं मिला है।",
    "zh": "市议会要求警察局提供有关摄像头试点的所有文件，但我们尚未收到三月份寄出的信件"
        "的答复。",
    "ja": "市議会は警察にカメラの試験に関するすべての文書を求めましたが、まだ返事を受け"
        "取っていません。",
    "ko": "시의회는 카메라 시험에 관한 모든 문서를 경찰에 요청했지만 아직 "
        "답장을 받지 못했습니다.",
    "th": "สภาเมืองได้ขอเอกสารทั้งหมดเกี่ยวกับการทดลองกล้องจากตำรวจ "
        "แต่เรายังไม่ได้รับคำตอบ",
}
# fmt: on


@pytest.mark.parametrize("code", TEXTS)
def test_a_short_paragraph_is_enough(code):
    assert find_language([TEXTS[code]]).code == code


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - {"en"}))
def test_an_english_letterhead_and_footer_do_not_hide_the_language(code):
    footer = "City of Quarrel Harbor, Office of the Clerk\n"
    assert find_language([footer + TEXTS[code] * 3 + "\n" + footer]).code == code


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - {"en"}))
def test_a_quotation_makes_no_other_language(code):
    assert find_language([TEXTS["en"] * 6 + TEXTS[code][:120] + TEXTS["en"]]).code == "en"


@pytest.mark.parametrize(
    "text",
    [
        "From: Odalys Fenwright\nSent: Tuesday, March 14, 2017 9:53 AM\nTo: De La Cruz, Juan\n"
        "Subject: RE: San Juan de la Loma\n\nThanks. Will do.\n",
        "| 822 | 0.1% | 801 |\n| 507 BURN W SK GR OR INH INJ W/O CC OR ST | 19 | 0.0% |\n" * 20,
        "San Diego 208 Layoff Permanent\nSan Jose 11 Closure\nSan Mateo 30 Layoff\n" * 20,
        "d l A e . , o y a i | u z w s 0 9 k ,, l. i, a e o y d' l' n s c qu" * 10,
        "Los Angeles 21.00 - 25.75 El Paso Las Vegas Des Moines La Mesa Del Mar St. Louis\n" * 9,
        "COUNCIL MINUTES JUNE 20 AYES 5 NOES 2 ABSENT 0",
        "",
        "\x00\ud800\U0010ffff",
    ],
)
def test_tables_names_and_debris_are_no_other_language(text):
    assert find_language([text]).code in ("", "en")


def test_most_of_a_long_document_decides():
    pages = [TEXTS["en"] * 8] * 2 + [TEXTS["es"] * 8] * 30
    assert find_language(pages).code == "es"
    assert find_language(pages[:1] * 40 + pages[2:5]).code == "en"


def test_confidence_says_how_clear_it_is():
    assert find_language([]) == find_language(["", ""]) == UNKNOWN
    mixed = find_language([TEXTS["en"] + TEXTS["de"]])
    assert 0 < mixed.confidence < find_language([TEXTS["en"]]).confidence <= 100


@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_has_a_language_that_queries_know_or_none(pages):
    found = find_language(pages)
    assert found.code == "" or found.code in LANGUAGES
    assert 0 <= found.confidence <= 100


def test_every_language_that_can_be_told_can_be_asked_for():
    assert set(FUNCTION_WORDS) <= set(LANGUAGES)


@pytest.mark.parametrize("name", ["cacm", "cisi", "cranfield"])
def test_english_abstracts_are_english(name):
    files = [path for path in (CORPUS / "4_ir" / name).glob("*") if path.is_file()]
    if not files:
        pytest.skip("no corpus")
    for path in files:
        text = path.read_text(errors="replace")
        found = [
            find_language([text[start : start + 3_000]]).code
            for start in range(0, len(text), 3_000)
        ]
        assert set(found) <= {"en", ""}
