package io.jobaudit.simulator;

import java.io.IOException;

import org.apache.hc.core5.http.HttpException;

/** What a caller sees on the wire. */
sealed interface Reply permits WholeReply, CutReply, StalledReply, DrippingReply, ResetReply {

	/** Blocks until everything is written. */
	void sendTo(Caller caller) throws IOException, HttpException;

}
