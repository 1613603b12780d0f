/* Bad: create fails with a message.
 * The host must fail the instance with that message and call nothing else of it. */
#define NAME "create_fails"
#define CREATE
#include "nself_plugin.h"

static nself_status create(const nself_host *host, void **instance, nself_error *error) {
  (void)host; (void)instance;
  return nself_fail(error, NSELF_STATUS_FAILED_PRECONDITION, "the moon is in the wrong phase");
}

#include "good.h"
