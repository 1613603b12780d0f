/* Not bad: the control. The host must load it, and GET /bad/fine answers 200 "fine". */
#define NAME "fine"
#include "good.h"
