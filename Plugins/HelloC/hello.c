/* The smallest service in C: GET /hello-c answers {"message": the configured greeting}. */
#include "hello.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "nself_note.h"

/* One answer, never changed. A loop may still be sending an old one after a reload, so all
 * stay until the instance is destroyed. */
typedef struct hello_c_answer_r1 {
  struct hello_c_answer_r1 *previous;
  size_t size;
  uint8_t json[];
} hello_c_answer_r1;

typedef struct hello_c_r1 {
  const nself_host *host;
  _Atomic(hello_c_answer_r1 *) answer; /* set by the first configure, before any request */
} hello_c_r1;

static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  hello_c_r1 *hello = self;
  const hello_c_answer_r1 *answer = atomic_load_explicit(&hello->answer, memory_order_acquire);
  nself_field type = {nself_text("content-type"), nself_text("application/json")};
  nself_http_response response = {0};
  (void)request;
  nself_body_release(body);
  response.status = 200;
  response.headers = (nself_fields){&type, 1};
  response.body = nself_body_of((nself_buffer){answer->json, answer->size, 0, 0, 0});
  done(call, NSELF_STATUS_OK, nself_text(""), &response);
}

static const nself_http_handler handler = {sizeof handler, 0, handle};

static nself_status create(const nself_host *host, void **instance, nself_error *error) {
  hello_c_r1 *hello = calloc(1, sizeof *hello);
  if (!hello) return nself_fail(error, NSELF_STATUS_RESOURCE_EXHAUSTED, "no memory");
  hello->host = host;
  *instance = hello;
  return NSELF_STATUS_OK;
}

/* The configuration has one key and satisfies the schema, so its value is taken over as it
 * stands, quotes and escapes included: the answer is JSON too. */
static nself_string greeting(nself_bytes config) {
  const char *start = (const char *)config.data, *end = start + config.size, *stop;
  while (start < end && *start != ':') start++;
  while (start < end && *start != '"') start++;
  for (stop = start + 1; stop < end && *stop != '"'; stop++)
    if (*stop == '\\') stop++;
  return stop < end ? (nself_string){start, (size_t)(stop + 1 - start)} : nself_text("\"hello\"");
}

static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  static const char head[] = "{\"message\":";
  hello_c_r1 *hello = instance;
  nself_string text = greeting(config);
  nself_route route = {.method = nself_text("GET"),
                       .pattern = nself_text("/hello-c"),
                       .flags = NSELF_ROUTE_ANONYMOUS};
  hello_c_answer_r1 *answer;
  nself_status status;
  const nself_host_routes *routes =
      nself_table(hello->host, NSELF_HOST_ROUTES_ID, sizeof *routes);
  if (!routes) return nself_fail(error, NSELF_STATUS_FAILED_PRECONDITION, "no routes table");
  if (mode != NSELF_CONFIGURE_APPLY) return NSELF_STATUS_OK;

  answer = malloc(sizeof *answer + sizeof head + text.size);
  if (!answer) return nself_fail(error, NSELF_STATUS_RESOURCE_EXHAUSTED, "no memory");
  answer->previous = atomic_load(&hello->answer);
  answer->size = sizeof head + text.size; /* the head without its zero, and a brace */
  memcpy(answer->json, head, sizeof head - 1);
  memcpy(answer->json + sizeof head - 1, text.data, text.size);
  answer->json[answer->size - 1] = '}';

  status = routes->add(hello->host, &route, error); /* on failure the old answer stays */
  if (status == NSELF_STATUS_OK)
    atomic_store_explicit(&hello->answer, answer, memory_order_release);
  else
    free(answer);
  return status;
}

static void ready(void *instance, nself_call call, nself_done done) {
  (void)instance;
  done(call, NSELF_STATUS_OK, nself_text(""));
}

static void drain(void *instance, uint64_t deadline, nself_call call, nself_done done) {
  (void)deadline;
  ready(instance, call, done);
}

static void resume(void *instance) { (void)instance; }

static void destroy(void *instance) {
  hello_c_r1 *hello = instance;
  hello_c_answer_r1 *answer = atomic_load(&hello->answer);
  while (answer) {
    hello_c_answer_r1 *previous = answer->previous;
    free(answer);
    answer = previous;
  }
  free(hello);
}

static const void *get_interface(void *instance, const char *id) {
  (void)instance;
  return strcmp(id, NSELF_ROLE_HTTP_HANDLER_ID) == 0 ? &handler : 0;
}

NSELF_EXPORT const nself_plugin *nself_plugin_query(uint32_t host_abi_version) {
  static const nself_plugin plugin = {
      .struct_size = sizeof plugin,
      .abi_version = NSELF_ABI_VERSION,
      .concurrency = NSELF_CONCURRENCY_PARALLEL,
      .handover = NSELF_HANDOVER_OVERLAP,
      .id = {"dev.nself.hello-c", sizeof "dev.nself.hello-c" - 1},
      .version = {"0.1.0", sizeof "0.1.0" - 1},
      .create = create,
      .configure = configure,
      .start = ready,
      .drain = drain,
      .resume = resume,
      .stop = ready,
      .destroy = destroy,
      .get_interface = get_interface,
  };
  return host_abi_version >> 16 == NSELF_ABI_MAJOR ? &plugin : 0;
}
