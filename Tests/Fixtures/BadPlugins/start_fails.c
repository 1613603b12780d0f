/* Bad: start completes with a failure.
 * The host must fail the instance with the message, stop and destroy it. */
#define NAME "start_fails"
#define START
#include "nself_plugin.h"

static void start(void *instance, nself_call call, nself_done done) {
  (void)instance;
  done(call, NSELF_STATUS_UNAVAILABLE, nself_text("the database is on holiday"));
}

#include "good.h"
