/* Bad: stop never completes.
 * The host must end within its deadline without destroying the instance, and say which it was. */
#define NAME "stop_hangs"
#define STOP
#include "nself_plugin.h"

static void stop(void *instance, nself_call call, nself_done done) {
  (void)instance; (void)call; (void)done;
}

#include "good.h"
