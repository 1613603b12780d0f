/* Bad: configure VALIDATEs and then fails to APPLY.
 * The host must fail the instance with the message, destroy it, and add none of its routes. */
#define NAME "apply_fails"
#define CONFIGURE
#include "nself_plugin.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  (void)instance; (void)config;
  if (mode == NSELF_CONFIGURE_APPLY)
    return nself_fail(error, NSELF_STATUS_INVALID_ARGUMENT, "right, but not possible");
  return NSELF_STATUS_OK;
}

#include "good.h"
