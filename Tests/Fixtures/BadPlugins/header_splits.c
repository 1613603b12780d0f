/* Bad: a response header has a line break in it, to smuggle another one in.
 * The host must answer 500, log it, and send neither header. */
#define NAME "header_splits"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  static const nself_field fields[] = {
      {{"x-one", 5}, {"1\r\nx-two: 2", 11}},
  };
  nself_http_response response;
  memset(&response, 0, sizeof response);
  response.status = 200;
  response.headers.items = fields;
  response.headers.count = 1;
  response.body = nself_body_of(bad_owned("fine"));
  done(call, NSELF_STATUS_OK, nself_text(""), &response);
}
