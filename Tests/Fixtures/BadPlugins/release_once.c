/* Not bad, but strict: its buffers trap when they are released twice.
 * The host must release each exactly once, also when the client has gone before the answer. */
#define NAME "release_once"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void trap(void *owner) {
  int *left = (int *)owner;
  if (--*left < 0) abort();
  bad_released++;
}
static void more(void *owner) { ++*(int *)owner; }

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  static int references[1024];
  static size_t next;
  int *mine = &references[next++ % 1024];
  nself_buffer content = {(const uint8_t *)"fine", 4, mine, more, trap};
  *mine = 1;
  bad_answer(call, done, content);
}
