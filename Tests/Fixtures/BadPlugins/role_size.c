/* Bad: the role table has another size than the one the host knows.
 * The host must refuse the instance, name the role and both sizes, and call nothing in it. */
#define NAME "role_size"
#define GET_INTERFACE
#include "nself_plugin.h"

static const void *get_interface(void *instance, const char *id);

#include "good.h"

static const void *get_interface(void *instance, const char *id) {
  static nself_http_handler table = {sizeof table + 8, 0, bad_handle};
  (void)instance;
  return strcmp(id, NSELF_ROLE_HTTP_HANDLER_ID) == 0 ? &table : NULL;
}
