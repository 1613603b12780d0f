/* Seeing every request and response. */
#ifndef NSELF_ROLE_HTTP_MIDDLEWARE_H
#define NSELF_ROLE_HTTP_MIDDLEWARE_H

#include "../values.h"
#include "../host.h"
#include "../http.h"

NSELF_BEGIN

#define NSELF_ROLE_HTTP_MIDDLEWARE_ID "nself.role.http_middleware/1"

NSELF_ENUM(uint32_t, nself_http_verdict) {
  NSELF_HTTP_CONTINUE = 0, /* go on; `edits` are set on the request or response */
  NSELF_HTTP_RESPOND = 1   /* stop here and answer with `response` */
};

/* A field of `edits` with an empty value removes that header. [any] */
typedef void (*nself_http_verdict_done)(nself_call call, nself_status status, nself_string message,
                                        nself_http_verdict verdict, nself_fields edits,
                                        nself_http_response *response);

typedef struct nself_http_middleware {
  uint32_t struct_size;
  uint32_t reserved;
  void (*on_request)(void *self, const nself_http_request *request, nself_call call,
                     nself_http_verdict_done done); /* [loop] */
  /* Null: not interested in responses. `head` comes without its body. [loop] */
  void (*on_response)(void *self, const nself_http_request *request,
                      const nself_http_response *head, nself_call call,
                      nself_http_verdict_done done);
} nself_http_middleware;

NSELF_END

#endif /* NSELF_ROLE_HTTP_MIDDLEWARE_H */
