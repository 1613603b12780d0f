/* Shapes of functions. */
#ifndef NSELF_FUNCTIONS_H
#define NSELF_FUNCTIONS_H

#include "values.h"
#include "http.h"

NSELF_BEGIN

typedef struct nself_function {
  nself_string name;
  nself_string entry; /* "index.js", or a symbol */
  nself_string path;  /* where its files are */
  nself_string digest;
  nself_string signature; /* native runtimes: "i32(utf8,i64)"; otherwise empty */
  nself_fields environment;
  uint64_t memory_limit;
  uint64_t time_limit;
} nself_function;

NSELF_END

#endif /* NSELF_FUNCTIONS_H */
