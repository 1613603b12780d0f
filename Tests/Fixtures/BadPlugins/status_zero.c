/* Bad: it answers with the HTTP status 0, then 99, then 700.
 * The host must answer 500 each time, log it, and release the body: /released counts them. */
#define NAME "status_zero"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  static const uint32_t statuses[] = {0, 99, 700};
  static size_t next;
  nself_http_response response;
  memset(&response, 0, sizeof response);
  response.status = statuses[next++ % 3];
  response.body = nself_body_of(bad_owned("fine"));
  done(call, NSELF_STATUS_OK, nself_text(""), &response);
}
