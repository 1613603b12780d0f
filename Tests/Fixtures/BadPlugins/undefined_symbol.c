/* Bad: it needs a symbol that nobody defines.
 * The host must refuse it when it loads it (not at the first call) and name the symbol. */
#define NAME "undefined_symbol"
#define START
#include "nself_plugin.h"

void nself_symbol_that_nobody_defines(void);
static void start(void *instance, nself_call call, nself_done done) {
  (void)instance;
  nself_symbol_that_nobody_defines();
  done(call, NSELF_STATUS_OK, nself_text(""));
}

#include "good.h"
