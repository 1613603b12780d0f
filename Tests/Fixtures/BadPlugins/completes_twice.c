/* Bad: it answers each request twice.
 * The host must send the first answer, release the second one's body, and count the second as a
 * stale completion: after one request /released says 2. */
#define NAME "completes_twice"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  bad_answer(call, done, bad_owned("first"));
  bad_answer(call, done, bad_owned("second"));
}
