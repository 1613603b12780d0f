/* Bad: it adds one route twice.
 * The host must answer the second with ALREADY_EXISTS and the owner's name; the instance fails. */
#define NAME "route_twice"
#define CONFIGURE
#include "nself_plugin.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error);

#include "good.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  (void)instance; (void)config;
  if (mode != NSELF_CONFIGURE_APPLY) return NSELF_STATUS_OK;
  if (bad_add("/bad/" NAME, BAD_ROUTE, error) != NSELF_STATUS_OK) return NSELF_STATUS_INTERNAL;
  return bad_add("/bad/" NAME, BAD_ROUTE, error);
}
