/* A plugin without a fault, which each fixture spoils in one place.
 *
 * A fixture defines NAME, then for what it does itself a macro of the same name in capitals
 * (START for start, and so on) and the function or value, and includes this file last.
 * Routes: GET /bad/<name> answers 200 "fine"; GET /bad/<name>/released answers with the number
 * of owned buffers that were released. Every fixture is one instance, so state is static here. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nself/manifest.h"
#include "nself_plugin.h"

#ifndef ID
#define ID "dev.nself.bad." NAME
#endif
#ifndef VERSION
#define VERSION "1.0.0"
#endif
#ifndef MANIFEST
#define MANIFEST                                                                              \
  "{\"manifest\":1,\"id\":\"dev.nself.bad." NAME "\",\"version\":\"1.0.0\",\"abi\":\"1.0\"," \
  "\"license\":\"MIT\",\"roles\":[\"nself.role.http_handler/1\"],\"uses\":[],"                \
  "\"provides\":[],\"requires\":[],\"network\":[],\"programs\":[],"                           \
  "\"concurrency\":\"serial\",\"handover\":\"overlap\",\"config_schema\":{}}"
#endif
#ifndef NO_NOTE
NSELF_PLUGIN_MANIFEST(MANIFEST);
#endif

static const nself_host *bad_host;
static atomic_int bad_released; /* a body is released where its connection lives */

static void bad_release(void *owner) {
  (void)owner;
  bad_released++;
}
static inline void bad_retain(void *owner) { (void)owner; bad_released--; }

/* Bytes that count their release. */
static inline nself_buffer bad_owned(const char *text) {
  nself_buffer buffer = {(const uint8_t *)text, strlen(text), &bad_released, bad_retain,
                         bad_release};
  return buffer;
}

static inline void bad_answer(nself_call call, nself_http_done done, nself_buffer content) {
  nself_http_response response;
  memset(&response, 0, sizeof response);
  response.status = 200;
  response.body = nself_body_of(content);
  done(call, NSELF_STATUS_OK, nself_text(""), &response);
}

#ifndef HANDLE
static void handle(void *self, const nself_http_request *request, nself_body *body,
                   nself_call call, nself_http_done done) {
  (void)self; (void)request;
  nself_body_release(body);
  bad_answer(call, done, bad_owned("fine"));
}
#endif

enum { BAD_ROUTE = 0, BAD_ROUTE_RELEASED = 1 };

static inline void bad_handle(void *self, const nself_http_request *request, nself_body *body,
                       nself_call call, nself_http_done done) {
  static char text[16];
  if (request->route != BAD_ROUTE_RELEASED) {
    handle(self, request, body, call, done);
    return;
  }
  nself_body_release(body);
  snprintf(text, sizeof text, "%d", bad_released);
  nself_buffer content = {(const uint8_t *)text, strlen(text), 0, 0, 0};
  bad_answer(call, done, content);
}

#ifndef ROUTE_TIMEOUT
#define ROUTE_TIMEOUT 0
#endif

static inline nself_status bad_add(const char *pattern, uint64_t number, nself_error *error) {
  const nself_host_routes *routes = (const nself_host_routes *)nself_table(
      bad_host, NSELF_HOST_ROUTES_ID, sizeof(nself_host_routes));
  nself_route route;
  memset(&route, 0, sizeof route);
  if (!routes) return nself_fail(error, NSELF_STATUS_FAILED_PRECONDITION, "no routes table");
  route.method = nself_text("GET");
  route.pattern = nself_text(pattern);
  route.number = number;
  route.timeout = ROUTE_TIMEOUT;
  route.flags = NSELF_ROUTE_ANONYMOUS;
  return routes->add(bad_host, &route, error);
}

#ifndef CREATE
static nself_status create(const nself_host *host, void **instance, nself_error *error) {
  (void)error;
  bad_host = host;
  *instance = &bad_host;
  return NSELF_STATUS_OK;
}
#endif

#ifndef CONFIGURE
static nself_status configure(void *instance, nself_configure_mode mode, nself_bytes config,
                              nself_error *error) {
  nself_status status;
  (void)instance; (void)config;
  if (mode != NSELF_CONFIGURE_APPLY) return NSELF_STATUS_OK;
  status = bad_add("/bad/" NAME, BAD_ROUTE, error);
  if (status != NSELF_STATUS_OK) return status;
  return bad_add("/bad/" NAME "/released", BAD_ROUTE_RELEASED, error);
}
#endif

static void bad_ready(void *instance, nself_call call, nself_done done) {
  (void)instance;
  done(call, NSELF_STATUS_OK, nself_text(""));
}
#ifndef START
static void start(void *instance, nself_call call, nself_done done) {
  bad_ready(instance, call, done);
}
#endif
#ifndef STOP
static void stop(void *instance, nself_call call, nself_done done) {
  bad_ready(instance, call, done);
}
#endif
#ifndef DRAIN
static void drain(void *instance, uint64_t deadline, nself_call call, nself_done done) {
  (void)deadline;
  bad_ready(instance, call, done);
}
#endif

static void bad_nothing(void *instance) { (void)instance; }

#ifndef GET_INTERFACE
static const void *get_interface(void *instance, const char *id) {
  static const nself_http_handler table = {sizeof table, 0, bad_handle};
  (void)instance;
  return strcmp(id, NSELF_ROLE_HTTP_HANDLER_ID) == 0 ? &table : NULL;
}
#endif

#ifndef STRUCT_SIZE
#define STRUCT_SIZE sizeof(nself_plugin)
#endif
#ifndef ABI_VERSION
#define ABI_VERSION NSELF_ABI_VERSION
#endif

#ifndef QUERY
NSELF_EXPORT const nself_plugin *nself_plugin_query(uint32_t host_abi_version) {
  static nself_plugin plugin;
  (void)host_abi_version;
  plugin.struct_size = STRUCT_SIZE;
  plugin.abi_version = ABI_VERSION;
  plugin.concurrency = NSELF_CONCURRENCY_SERIAL;
  plugin.handover = NSELF_HANDOVER_OVERLAP;
  plugin.id = nself_text(ID);
  plugin.version = nself_text(VERSION);
  plugin.create = create;
  plugin.configure = configure;
  plugin.start = start;
  plugin.drain = drain;
  plugin.resume = bad_nothing;
  plugin.stop = stop;
  plugin.destroy = bad_nothing;
  plugin.get_interface = get_interface;
  return &plugin;
}
#endif
