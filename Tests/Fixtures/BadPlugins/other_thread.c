/* Not bad, but unusual: it answers from a thread of its own.
 * The host must bring the answer back to the connection's loop: 200 "fine", every time. */
#define NAME "other_thread"
#include <pthread.h>
#define HANDLE
#include "nself_plugin.h"

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done);

#include "good.h"

typedef struct other_thread_answer {
  nself_call call;
  nself_http_done done;
} other_thread_answer;

static void *run(void *context) {
  other_thread_answer *answer = (other_thread_answer *)context;
  bad_answer(answer->call, answer->done, bad_owned("fine"));
  free(answer);
  return NULL;
}

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  other_thread_answer *answer = (other_thread_answer *)malloc(sizeof *answer);
  pthread_t thread;
  if (answer) {
    answer->call = call;
    answer->done = done;
    if (pthread_create(&thread, NULL, run, answer) == 0) {
      pthread_detach(thread);
      return;
    }
    free(answer);
  }
  done(call, NSELF_STATUS_RESOURCE_EXHAUSTED, nself_text("no thread"), NULL);
}
