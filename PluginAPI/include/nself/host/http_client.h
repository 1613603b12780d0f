/* Outbound HTTP. */
#ifndef NSELF_HOST_HTTP_CLIENT_H
#define NSELF_HOST_HTTP_CLIENT_H

#include "../values.h"
#include "../host.h"
#include "../http.h"

NSELF_BEGIN

#define NSELF_HOST_HTTP_CLIENT_ID "nself.host.http_client/1"

typedef struct nself_http_client_request {
  uint64_t timeout; /* 0: the host's default */
  nself_string method;
  nself_string url; /* its host must be granted */
  nself_fields headers;
  nself_body body;  /* moved */
} nself_http_client_request;

/* response is borrowed, its body moved (BUFFER when small, else STREAM). Any
 * status that the server gives is OK. [loop] */
typedef void (*nself_http_client_done)(void *context, nself_status status, nself_string message,
                                       nself_http_response *response);

typedef struct nself_host_http_client {
  uint32_t struct_size;
  uint32_t reserved;
  nself_operation (*send)(const nself_host *host, nself_http_client_request *request,
                          void *context, nself_http_client_done done); /* [any] */
} nself_host_http_client;

NSELF_END

#endif /* NSELF_HOST_HTTP_CLIENT_H */
