"""A state that is told of by its capital."""

from bot.core.events.seats import states_of


def test_a_capital_tells_its_state_in_the_languages_that_are_read() -> None:
    assert states_of("Windhoek's cabinet follows Harare") == {"NA", "ZW"}
    assert states_of("В Конакри и Луанде") == {"GN", "AO"}
    assert states_of("La Paz, Багдадта, 卢萨卡市") == {"BO", "IQ", "ZM"}


def test_what_only_looks_like_a_capital_tells_nothing() -> None:
    assert not states_of("A Manila-based bank gives Rabatt to limas")
    assert not states_of("Гавань Манилова")
    assert not states_of("许多哈萨克人到达卡塔尔")
