/* WebSocket messages. */
#ifndef NSELF_HOST_WEBSOCKETS_H
#define NSELF_HOST_WEBSOCKETS_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_WEBSOCKETS_ID "nself.host.websockets/1"

NSELF_ENUM(uint32_t, nself_message_kind) {
  NSELF_MESSAGE_BINARY = 0,
  NSELF_MESSAGE_TEXT = 1,
  NSELF_MESSAGE_CLOSE = 2 /* the last one: two bytes of code, then the reason */
};

/* message is moved. [loop] the socket's */
typedef void (*nself_message_done)(void *context, nself_status status, nself_message_kind kind,
                                   nself_buffer *message);

typedef struct nself_host_websockets {
  uint32_t struct_size;
  uint32_t reserved;
  /* Asks for the next message; one at a time, as with a reader. [any] */
  void (*receive)(const nself_host *host, nself_websocket socket, void *context,
                  nself_message_done done);
  /* Sends one message made of `parts`, which are moved; to send a part to many
   * sockets, retain it for each. `done` (may be null) answers when it has left for
   * the kernel: wait for it to keep pace with the peer, who is cut off past the
   * queue's limit. [any] */
  void (*send)(const nself_host *host, nself_websocket socket, nself_message_kind kind,
               nself_buffer *parts, size_t part_count, void *context,
               nself_operation_done done);
  void (*close)(const nself_host *host, nself_websocket socket, uint32_t code,
                nself_string reason); /* [any] */
} nself_host_websockets;

NSELF_END

#endif /* NSELF_HOST_WEBSOCKETS_H */
