/* Bad: start completes twice, the second time with a failure.
 * The host must keep the first answer, count the second, and serve. */
#define NAME "start_twice"
#define START
#include "nself_plugin.h"

static void start(void *instance, nself_call call, nself_done done) {
  (void)instance;
  done(call, NSELF_STATUS_OK, nself_text(""));
  done(call, NSELF_STATUS_INTERNAL, nself_text("second thoughts"));
}

#include "good.h"
