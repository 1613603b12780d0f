/* Answering requests to the instance's routes. */
#ifndef NSELF_ROLE_HTTP_HANDLER_H
#define NSELF_ROLE_HTTP_HANDLER_H

#include "../values.h"
#include "../host.h"
#include "../http.h"

NSELF_BEGIN

#define NSELF_ROLE_HTTP_HANDLER_ID "nself.role.http_handler/1"

typedef struct nself_http_handler {
  uint32_t struct_size;
  uint32_t reserved;
  /* Answers a request to one of the instance's routes. body is moved. [loop] */
  void (*handle)(void *self, const nself_http_request *request, nself_body *body,
                 nself_call call, nself_http_done done);
} nself_http_handler;

NSELF_END

#endif /* NSELF_ROLE_HTTP_HANDLER_H */
