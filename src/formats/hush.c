/* What GDAL complains of becomes part of a message of ours. */
#include "formats/hush.h"

#include <stddef.h>

#ifdef COSMO_WITH_GDAL
#include <cpl_error.h>

static void CPL_STDCALL hush_listen(CPLErr severity, CPLErrorNum number, const char *message)
{
    (void)number;
    formats_hush *hush = CPLGetErrorHandlerUserData();
    if (severity < CE_Failure || hush == NULL || hush->text[0] != '\0') return;
    size_t n = 0;
    for (; message[n] != '\0' && n + 1 < sizeof hush->text; n++)
        hush->text[n] = message[n] == '\n' || message[n] == '\r' ? ' ' : message[n];
    hush->text[n] = '\0';
}

void cosmo_hush_begin(formats_hush *hush)
{
    hush->text[0] = '\0';
    CPLPushErrorHandlerEx(hush_listen, hush);
}

void cosmo_hush_end(void)
{
    CPLPopErrorHandler();
}
#else
void cosmo_hush_begin(formats_hush *hush)
{
    hush->text[0] = '\0';
}

void cosmo_hush_end(void) {}
#endif
