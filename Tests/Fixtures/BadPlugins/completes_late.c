/* Bad: it answers 300 ms after a route timeout of 100 ms has passed.
 * The host must answer 504 at the deadline, release the late answer's body, count it as a stale
 * completion, and never give it to another request: /released says 1 then. */
#define NAME "completes_late"
#define ROUTE_TIMEOUT 100000000 /* 100 ms */
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

enum { LATE_CALLS_MAX = 64 };
static struct {
  nself_call call;
  nself_http_done done;
} late[LATE_CALLS_MAX];

static void complete(void *context) {
  size_t index = (size_t)context;
  bad_answer(late[index].call, late[index].done, bad_owned("late"));
}

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  static size_t next;
  const nself_host_clock *clock = (const nself_host_clock *)nself_table(
      bad_host, NSELF_HOST_CLOCK_ID, sizeof(nself_host_clock));
  size_t index = next++ % LATE_CALLS_MAX;
  nself_body_release(body);
  late[index].call = call;
  late[index].done = done;
  clock->schedule(bad_host, 400 * 1000000ull, 0, (void *)index, complete);
}
