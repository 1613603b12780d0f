/* Bad: start never completes.
 * The host must give up after the time limit of start, say so, and leave the instance stuck:
 * its routes answer 503, it is never destroyed, and the host ends in time all the same. */
#define NAME "start_hangs"
#define START
#include "nself_plugin.h"

static void start(void *instance, nself_call call, nself_done done) {
  (void)instance; (void)call; (void)done;
}

#include "good.h"
