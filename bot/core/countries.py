"""Names of countries for those who pick one, by ISO 3166-1 alpha-2 (and EU, as the packs have it)."""

from collections.abc import Mapping
from typing import Final

_NAMED: Final = """
AE United Arab Emirates, AF Afghanistan, AM Armenia, AR Argentina, AT Austria, AU Australia, AZ Azerbaijan,
BD Bangladesh, BE Belgium, BG Bulgaria, BI Burundi, BO Bolivia, BR Brazil, BY Belarus, CA Canada,
CD DR Congo, CH Switzerland, CL Chile, CN China, CO Colombia, CU Cuba, CZ Czechia, DE Germany, DK Denmark,
EE Estonia, EG Egypt, ES Spain, ET Ethiopia, EU European Union, FI Finland, FJ Fiji, FR France, GA Gabon,
GB United Kingdom, GE Georgia, GH Ghana, GL Greenland, GM Gambia, GN Guinea, GR Greece, GY Guyana,
HK Hong Kong, HU Hungary, ID Indonesia, IE Ireland, IL Israel, IN India, IQ Iraq, IR Iran, IS Iceland,
IT Italy, JO Jordan, JP Japan, KE Kenya, KG Kyrgyzstan, KP North Korea, KR South Korea, KW Kuwait,
KZ Kazakhstan, LA Laos, LK Sri Lanka, LT Lithuania, LV Latvia, MA Morocco, MD Moldova, MG Madagascar,
ML Mali, MM Myanmar, MN Mongolia, MW Malawi, MX Mexico, MY Malaysia, MZ Mozambique, NA Namibia,
NC New Caledonia, NE Niger, NG Nigeria, NL Netherlands, NO Norway, NP Nepal, NZ New Zealand, OM Oman,
PE Peru, PG Papua New Guinea, PH Philippines, PK Pakistan, PL Poland, PT Portugal, QA Qatar, RO Romania,
RS Serbia, RU Russia, RW Rwanda, SA Saudi Arabia, SE Sweden, SG Singapore, SK Slovakia, SN Senegal,
SY Syria, TH Thailand, TJ Tajikistan, TM Turkmenistan, TR Türkiye, TW Taiwan, TZ Tanzania, UA Ukraine,
UG Uganda, US United States, UZ Uzbekistan, VE Venezuela, VN Vietnam, ZA South Africa, ZM Zambia,
ZW Zimbabwe
"""

NAMES: Final[Mapping[str, str]] = {
    code: name for each in _NAMED.split(",") for code, _, name in [each.strip().partition(" ")]
}
