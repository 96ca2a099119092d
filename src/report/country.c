/* Names of countries as a map has them, by ISO 3166-1 alpha-2 code; XK is in common use for Kosovo. */
#include "report/country.h"

#include <string.h>

/* Each text is the code and the name, in the order of the codes. */
static const char *const country_names[] = {
    "ADAndorra", "AEUnited Arab Emirates", "AFAfghanistan", "AGAntigua and Barbuda", "AIAnguilla", "ALAlbania",
    "AMArmenia", "AOAngola", "AQAntarctica", "ARArgentina", "ASAmerican Samoa", "ATAustria", "AUAustralia", "AWAruba",
    "AXÅland", "AZAzerbaijan", "BABosnia and Herzegovina", "BBBarbados", "BDBangladesh", "BEBelgium",
    "BFBurkina Faso", "BGBulgaria", "BHBahrain", "BIBurundi", "BJBenin", "BLSt Barthelemy", "BMBermuda", "BNBrunei",
    "BOBolivia", "BQCaribbean Netherlands", "BRBrazil", "BSBahamas", "BTBhutan", "BVBouvet Island", "BWBotswana",
    "BYBelarus", "BZBelize", "CACanada", "CCCocos Islands", "CDDR Congo", "CFCentral African Republic", "CGCongo",
    "CHSwitzerland", "CICôte d'Ivoire", "CKCook Islands", "CLChile", "CMCameroon", "CNChina", "COColombia",
    "CRCosta Rica", "CUCuba", "CVCabo Verde", "CWCuraçao", "CXChristmas Island", "CYCyprus", "CZCzechia", "DEGermany",
    "DJDjibouti", "DKDenmark", "DMDominica", "DODominican Republic", "DZAlgeria", "ECEcuador", "EEEstonia", "EGEgypt",
    "EHWestern Sahara", "EREritrea", "ESSpain", "ETEthiopia", "FIFinland", "FJFiji", "FKFalkland Islands",
    "FMMicronesia", "FOFaroe Islands", "FRFrance", "GAGabon", "GBUnited Kingdom", "GDGrenada", "GEGeorgia",
    "GFFrench Guiana", "GGGuernsey", "GHGhana", "GIGibraltar", "GLGreenland", "GMGambia", "GNGuinea", "GPGuadeloupe",
    "GQEquatorial Guinea", "GRGreece", "GSSouth Georgia", "GTGuatemala", "GUGuam", "GWGuinea-Bissau", "GYGuyana",
    "HKHong Kong", "HMHeard Island", "HNHonduras", "HRCroatia", "HTHaiti", "HUHungary", "IDIndonesia", "IEIreland",
    "ILIsrael", "IMIsle of Man", "INIndia", "IOBritish Indian Ocean Territory", "IQIraq", "IRIran", "ISIceland",
    "ITItaly", "JEJersey", "JMJamaica", "JOJordan", "JPJapan", "KEKenya", "KGKyrgyzstan", "KHCambodia", "KIKiribati",
    "KMComoros", "KNSt Kitts and Nevis", "KPNorth Korea", "KRSouth Korea", "KWKuwait", "KYCayman Islands",
    "KZKazakhstan", "LALaos", "LBLebanon", "LCSt Lucia", "LILiechtenstein", "LKSri Lanka", "LRLiberia", "LSLesotho",
    "LTLithuania", "LULuxembourg", "LVLatvia", "LYLibya", "MAMorocco", "MCMonaco", "MDMoldova", "MEMontenegro",
    "MFSt Martin", "MGMadagascar", "MHMarshall Islands", "MKNorth Macedonia", "MLMali", "MMMyanmar", "MNMongolia",
    "MOMacao", "MPNorthern Mariana Islands", "MQMartinique", "MRMauritania", "MSMontserrat", "MTMalta", "MUMauritius",
    "MVMaldives", "MWMalawi", "MXMexico", "MYMalaysia", "MZMozambique", "NANamibia", "NCNew Caledonia", "NENiger",
    "NFNorfolk Island", "NGNigeria", "NINicaragua", "NLNetherlands", "NONorway", "NPNepal", "NRNauru", "NUNiue",
    "NZNew Zealand", "OMOman", "PAPanama", "PEPeru", "PFFrench Polynesia", "PGPapua New Guinea", "PHPhilippines",
    "PKPakistan", "PLPoland", "PMSt Pierre and Miquelon", "PNPitcairn", "PRPuerto Rico", "PSPalestine", "PTPortugal",
    "PWPalau", "PYParaguay", "QAQatar", "RERéunion", "RORomania", "RSSerbia", "RURussia", "RWRwanda",
    "SASaudi Arabia", "SBSolomon Islands", "SCSeychelles", "SDSudan", "SESweden", "SGSingapore", "SHSt Helena",
    "SISlovenia", "SJSvalbard and Jan Mayen", "SKSlovakia", "SLSierra Leone", "SMSan Marino", "SNSenegal",
    "SOSomalia", "SRSuriname", "SSSouth Sudan", "STSao Tome and Principe", "SVEl Salvador", "SXSint Maarten",
    "SYSyria", "SZEswatini", "TCTurks and Caicos", "TDChad", "TFFrench Southern Lands", "TGTogo", "THThailand",
    "TJTajikistan", "TKTokelau", "TLTimor-Leste", "TMTurkmenistan", "TNTunisia", "TOTonga", "TRTürkiye",
    "TTTrinidad and Tobago", "TVTuvalu", "TWTaiwan", "TZTanzania", "UAUkraine", "UGUganda", "UMUS islands",
    "USUnited States", "UYUruguay", "UZUzbekistan", "VAVatican City", "VCSt Vincent", "VEVenezuela",
    "VGBritish Virgin Islands", "VIUS Virgin Islands", "VNVietnam", "VUVanuatu", "WFWallis and Futuna", "WSSamoa",
    "XKKosovo", "YEYemen", "YTMayotte", "ZASouth Africa", "ZMZambia", "ZWZimbabwe",
};

const char *cosmo_country_name(const char *code)
{
    size_t low = 0, high = sizeof country_names / sizeof country_names[0];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strncmp(code, country_names[middle], 2);
        if (order == 0) return code[2] == '\0' ? country_names[middle] + 2 : code;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return code;
}
