# The report's script and style sheet, compiled into the library as byte arrays. web/dist is what npm's bundle step writes;
# where it is absent the report is static (it works with scripts off in any case).
set(COSMO_PAGE_SOURCE ${CMAKE_CURRENT_BINARY_DIR}/page_assets.c)
set(COSMO_PAGE_SCRIPT ${CMAKE_CURRENT_SOURCE_DIR}/web/dist/report.js)
set(COSMO_PAGE_STYLE ${CMAKE_CURRENT_SOURCE_DIR}/web/report.css)
file(GLOB COSMO_PAGE_SCRIPT_IF_BUILT CONFIGURE_DEPENDS ${COSMO_PAGE_SCRIPT})
add_custom_command(
  OUTPUT ${COSMO_PAGE_SOURCE}
  COMMAND ${CMAKE_COMMAND} -DOUT=${COSMO_PAGE_SOURCE} -DSCRIPT=${COSMO_PAGE_SCRIPT} -DSTYLE=${COSMO_PAGE_STYLE}
          -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedPage.cmake
  DEPENDS ${COSMO_PAGE_STYLE} ${COSMO_PAGE_SCRIPT_IF_BUILT} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedPage.cmake
  COMMENT "embed the report's page")
