/* Streams that the consumer pulls, and the one type for content. */
#ifndef NSELF_BODY_H
#define NSELF_BODY_H

#include "buffer.h"
#include "values.h"

NSELF_BEGIN

/* Answers one read. chunk is moved. A null chunk with OK is the end of the
 * stream; any other status ends it too. */
typedef void (*nself_read_done)(void *context, nself_status status, nself_buffer *chunk);

typedef struct nself_reader_ops {
  uint32_t struct_size;
  uint32_t reserved;
  /* Asks for the next chunk of at most max_bytes. At most one read is under way;
   * not reading is how a consumer pushes back. [any] */
  void (*read)(void *context, size_t max_bytes, void *read_context, nself_read_done done);
  /* Ends the stream and frees it, called exactly once, at the end as well as to
   * cancel. A read under way is answered with CANCELLED first. [any] */
  void (*close)(void *context);
} nself_reader_ops;

/* A stream that the consumer pulls: the only stream type in this interface. */
typedef struct nself_reader {
  void *context;
  const nself_reader_ops *ops;
} nself_reader;

NSELF_ENUM(uint32_t, nself_body_kind) {
  NSELF_BODY_NONE = 0,
  NSELF_BODY_BUFFER = 1, /* all of it: `buffer`, then `more` */
  NSELF_BODY_STREAM = 2, /* in `reader` */
  NSELF_BODY_FILE = 3    /* `size` bytes of `file` from `offset`; sent by the kernel */
};

/* Content of a request, a response, an object, a function's answer. Moved; release
 * it with nself_body_release. A producer may give BUFFER in pieces, so that bytes
 * of a database reply need no copy to be framed; the host always gives one. */
typedef struct nself_body {
  nself_body_kind kind;
  int32_t file;    /* FILE: a descriptor of a regular file, closed by the receiver */
  uint64_t offset; /* FILE */
  uint64_t size;   /* STREAM: UINT64_MAX when it is not known */
  nself_buffer buffer;
  nself_buffer *more; /* BUFFER: the pieces after the first; the array is borrowed */
  size_t more_count;
  nself_reader reader;
} nself_body;

static inline void nself_reader_close(nself_reader reader) {
  if (reader.ops) reader.ops->close(reader.context);
}

static inline void nself_body_release(nself_body *body) {
  if (body->kind == NSELF_BODY_BUFFER) {
    size_t i;
    nself_buffer_release(&body->buffer);
    for (i = 0; i < body->more_count; i++) nself_buffer_release(&body->more[i]);
  } else if (body->kind == NSELF_BODY_STREAM) nself_reader_close(body->reader);
  else if (body->kind == NSELF_BODY_FILE) (void)close(body->file);
  body->kind = NSELF_BODY_NONE;
}

/* A body that is one buffer. */
static inline nself_body nself_body_of(nself_buffer buffer) {
  nself_body body;
  memset(&body, 0, sizeof body);
  body.kind = NSELF_BODY_BUFFER;
  body.size = buffer.size;
  body.buffer = buffer;
  return body;
}

NSELF_END

#endif /* NSELF_BODY_H */
