#include "cp/base/abend_error.h"

void cp::set_abend_action(AbendAction) {}
void cp::abend(Abend code) { throw AbendError{code}; }
