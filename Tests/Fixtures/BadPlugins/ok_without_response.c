/* Bad: it completes with OK and no response.
 * The host must answer 500 and log it. */
#define NAME "ok_without_response"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  done(call, NSELF_STATUS_OK, nself_text(""), NULL);
}
