# ruff: noqa: E501 - texts stand as they would be sent
"""Which texts are let through as English, and what is said of the others."""

import pytest

from detente.errors import InputError
from detente.intake.tongues import guess_tongue, refuse_foreign

# Our own sentences, long enough to count.
TEXTS = {
    "English": "The two ministers met in the capital on Tuesday and agreed that the talks on the border would go on "
    "in the spring, after which they would report to their governments and to the press.",
    "French": "Les deux ministres se sont rencontrés mardi dans la capitale et ont décidé que les discussions sur la "
    "frontière seront poursuivies au printemps, après quoi ils feront un rapport à leurs gouvernements et à la presse.",
    "German": "Die beiden Minister haben sich am Dienstag in der Hauptstadt getroffen und vereinbart, dass die "
    "Gespräche über die Grenze im Frühjahr fortgesetzt werden; danach wird es einen Bericht für die Regierungen und die "
    "Presse geben, wie ein Sprecher nach dem Treffen sagte.",
    "Spanish": "Los dos ministros se reunieron el martes en la capital y acordaron que las conversaciones sobre la "
    "frontera seguirán en la primavera, después de lo cual darán un informe a sus gobiernos y a la prensa.",
    "Turkish": "İki bakan salı günü başkentte bir araya geldi ve sınır ile ilgili görüşmelerin ilkbaharda devam "
    "etmesi için anlaştı; bakanlar bu görüşmeden sonra kendi hükümetleri ve basın için bir rapor hazırlayacak, "
    "ancak tarih daha belli değil, çok şey komisyon tarafından karara bağlanacak.",
    "Polish": "Obaj ministrowie spotkali się we wtorek w stolicy i uzgodnili, że rozmowy na temat granicy będą trwały "
    "na wiosnę, po czym przedstawią sprawozdanie dla rządów i dla prasy, ale nie jest jeszcze jasne, kiedy do tego dojdzie.",
}


@pytest.mark.parametrize("tongue", TEXTS)
def test_a_paragraph_is_known_by_its_common_words(tongue: str) -> None:
    assert guess_tongue(TEXTS[tongue]) == tongue


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Министры двух стран встретились во вторник в столице и договорились", "Cyrillic"),
        ("両国の外相は火曜日に首都で会談し、国境に関する協議を春に続けることで合意しました。", "Japanese"),
        ("两国外长星期二在首都举行会谈同意明年春天继续就边界问题进行谈判并向各自政府报告", "Chinese"),
        ("التقى الوزيران يوم الثلاثاء في العاصمة واتفقا على مواصلة المحادثات", "Arabic"),
    ],
)
def test_another_script_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        refuse_foreign(text)
    assert caught.value.stage == "language"


def test_short_texts_and_lists_of_names_pass() -> None:
    assert guess_tongue("Merkel, Macron, Tusk.") == "English"
    assert guess_tongue("Ankara\n" * 500) == "English"


def test_english_with_foreign_quotes_passes() -> None:
    assert (
        guess_tongue(TEXTS["English"] + " «Nous avons décidé de la paix», he said. " + TEXTS["English"])
        == "English"
    )


@pytest.mark.parametrize("stated", ["en", "en-GB", "English", "eng", None, ""])
def test_a_report_that_says_it_is_english_passes(stated: str | None) -> None:
    refuse_foreign(TEXTS["English"], stated)  # raises where it refuses


def test_a_report_that_says_it_is_french_is_refused() -> None:
    with pytest.raises(InputError, match="«fr»"):
        refuse_foreign(TEXTS["English"], "fr")
