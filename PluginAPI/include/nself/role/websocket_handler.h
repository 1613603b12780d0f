/* Accepting WebSockets. */
#ifndef NSELF_ROLE_WEBSOCKET_HANDLER_H
#define NSELF_ROLE_WEBSOCKET_HANDLER_H

#include "../values.h"
#include "../host.h"
#include "../http.h"

NSELF_BEGIN

#define NSELF_ROLE_WEBSOCKET_HANDLER_ID "nself.role.websocket_handler/1"

/* OK accepts the connection with `protocol`, one of those the peer offered. [any] */
typedef void (*nself_websocket_done)(nself_call call, nself_status status, nself_string message,
                                     nself_string protocol);

typedef struct nself_websocket_handler {
  uint32_t struct_size;
  uint32_t reserved;
  /* Once accepted, `socket` is used through nself_host_websockets until a CLOSE
   * message or an error has been received. [loop] */
  void (*handle)(void *self, const nself_http_request *request, nself_websocket socket,
                 nself_call call, nself_websocket_done done);
} nself_websocket_handler;

NSELF_END

#endif /* NSELF_ROLE_WEBSOCKET_HANDLER_H */
