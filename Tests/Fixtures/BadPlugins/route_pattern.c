/* Bad: it adds a route whose pattern has an open brace.
 * The host must answer INVALID_ARGUMENT with the pattern; the instance fails. */
#define NAME "route_pattern"
#define CONFIGURE
#include "nself_plugin.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error);

#include "good.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  (void)instance; (void)config;
  if (mode != NSELF_CONFIGURE_APPLY) return NSELF_STATUS_OK;
  return bad_add("/bad/{open", BAD_ROUTE, error);
}
