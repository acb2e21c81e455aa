package io.jobaudit.simulator;

import java.io.IOException;
import java.net.Socket;

import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;

/** What a caller sees on the wire. */
interface Reply {

	/** Blocks until everything is written. */
	void sendTo(Socket caller, ResponseTrigger trigger) throws IOException, HttpException;

}
