package io.jobaudit.simulator;

import java.io.IOException;

/** No response at all: the connection is reset. */
record ResetReply() implements Reply {

	@Override
	public void sendTo(Caller caller) throws IOException {
		caller.reset();
	}

}
