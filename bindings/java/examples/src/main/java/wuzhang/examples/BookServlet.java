package wuzhang.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import wuzhang.ClosedException;
import wuzhang.InvalidException;
import wuzhang.Outcome;
import wuzhang.Request;

/**
 * A county's book behind a plain servlet: POST a command and get its outcome, GET the duties. The servlet's parameters
 * are {@code policy} (a preset's name, or a document), {@code roster} and {@code journal} (files).
 *
 * <p>It trusts what is posted. A real back end takes {@code actor} from its own log-in and {@code at} from its own clock.
 */
public final class BookServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    /** The library's own limit for most commands. */
    private static final int LARGEST = 4 << 20;
    /** The rules refuse: the command was understood, and not carried out. */
    private static final int REFUSED = 422;

    /** The book with its file, from {@link #init} on. */
    private transient KeptBook book;

    /** A servlet that its container initialises. */
    public BookServlet() {
        super();
    }

    @Override
    public void init() throws ServletException {
        try {
            String roster = new String(Files.readAllBytes(Paths.get(getInitParameter("roster"))), StandardCharsets.UTF_8);
            book = KeptBook.open(getInitParameter("policy"), roster, Paths.get(getInitParameter("journal")));
            if (book.dropped() > 0) {
                log("the journal's end was torn: " + book.dropped() + " bytes were cut off");
            }
        } catch (IOException | InvalidException error) {
            throw new ServletException("the book cannot be opened: " + error.getMessage(), error);
        }
    }

    @Override
    public void destroy() {
        try {
            book.close();
        } catch (IOException error) {
            log("the journal's file did not close", error);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] command = body(request);
        if (command == null) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        try {
            Outcome outcome = book.apply(command);
            answer(response, outcome.accepted() ? HttpServletResponse.SC_OK : REFUSED, outcome.json());
        } catch (InvalidException error) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, error.json());
        } catch (IOException | ClosedException error) {
            // Nobody is told that something happened which the disk does not know.
            log("the journal cannot be written", error);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** {@code GET …?from=2014-03-03&to=2014-03-09}, with {@code subject}, {@code rule}, {@code state}, {@code as_of}. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Request duties = Request.of("duties");
        for (String name : new String[] {"from", "to", "subject", "rule", "state", "as_of"}) {
            duties.with(name, request.getParameter(name));
        }
        try {
            answer(response, HttpServletResponse.SC_OK, book.call(duties));
        } catch (InvalidException error) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, error.json());
        } catch (ClosedException error) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static void answer(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes as they came, since the library reads UTF-8 itself; null when there are too many. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        InputStream in = request.getInputStream();
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            body.write(part, 0, read);
            if (body.size() > LARGEST) {
                return null;
            }
        }
        return body.toByteArray();
    }
}
