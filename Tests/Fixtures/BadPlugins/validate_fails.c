/* Bad: configure refuses to VALIDATE.
 * The host must fail the instance with the message, destroy it, and never call APPLY. */
#define NAME "validate_fails"
#define CONFIGURE
#include "nself_plugin.h"

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  (void)instance; (void)config;
  if (mode == NSELF_CONFIGURE_VALIDATE)
    return nself_fail(error, NSELF_STATUS_INVALID_ARGUMENT, "nothing can be right here");
  return NSELF_STATUS_OK;
}

#include "good.h"
