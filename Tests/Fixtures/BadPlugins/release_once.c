/* Not bad, but strict: its buffers trap when they are released twice.
 * The host must release each exactly once, also when the client has gone before the answer. */
#define NAME "release_once"
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

static void trap(void *owner) {
  atomic_int *left = (atomic_int *)owner;
  if (atomic_fetch_sub(left, 1) < 1) abort();
  bad_released++;
}
static void more(void *owner) { atomic_fetch_add((atomic_int *)owner, 1); }

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  static atomic_int references[1024];
  static size_t next;
  atomic_int *mine = &references[next++ % 1024];
  nself_buffer content = {(const uint8_t *)"fine", 4, mine, more, trap};
  *mine = 1;
  bad_answer(call, done, content);
}
