/* W3C trace context and spans. */
#ifndef NSELF_HOST_TRACING_H
#define NSELF_HOST_TRACING_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_TRACING_ID "nself.host.tracing/1"

/* W3C trace context. All zero: not traced. */
typedef struct nself_trace {
  uint8_t trace_id[16];
  uint8_t span_id[8];
  uint32_t flags; /* bit 0: sampled */
  uint32_t reserved;
} nself_trace;

typedef struct nself_host_tracing {
  uint32_t struct_size;
  uint32_t reserved;
  /* Starts a span below `parent`; writes its context to `span`. [any] */
  void (*start)(const nself_host *host, const nself_trace *parent, nself_string name,
                nself_trace *span);
  void (*attribute)(const nself_host *host, const nself_trace *span, nself_field field); /* [any] */
  void (*end)(const nself_host *host, const nself_trace *span, nself_status status);     /* [any] */
} nself_host_tracing;

NSELF_END

#endif /* NSELF_HOST_TRACING_H */
