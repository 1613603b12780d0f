/* Bad: it never answers a request.
 * The host must answer 504 at the route's deadline, 100 ms, and drain in time. */
#define NAME "never_completes"
#define ROUTE_TIMEOUT 100000000 /* 100 ms */
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request; (void)call; (void)done;
  nself_body_release(body);
}
