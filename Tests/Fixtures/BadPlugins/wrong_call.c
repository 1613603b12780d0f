/* Bad: it completes a number it made up before the right one.
 * The host must count the first as a stale completion and send the second: 200 "fine". */
#define NAME "wrong_call"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  nself_call other = {call.id ^ 0x5a5a000000000000ull};
  bad_answer(other, done, bad_owned("not yours"));
  bad_answer(call, done, bad_owned("fine"));
}
