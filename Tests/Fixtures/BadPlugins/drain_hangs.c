/* Bad: drain never completes.
 * The host must cancel what is left at the deadline and go on to stop. */
#define NAME "drain_hangs"
#define DRAIN
#include "nself_plugin.h"

static void drain(void *instance, uint64_t deadline, nself_call call, nself_done done) {
  (void)instance; (void)deadline; (void)call; (void)done;
}

#include "good.h"
