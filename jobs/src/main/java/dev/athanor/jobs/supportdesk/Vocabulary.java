package dev.athanor.jobs.supportdesk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The words of which texts are made, in UTF-8; some hold more than ASCII on purpose. */
final class Vocabulary {
    /** What tickets are about, the frequent first. Some hold the keywords by which a priority is told. */
    static final byte[][] TOPICS = utf8(
            "How do I change my plan?",
            "Cannot log in",
            "Password reset mail never arrives",
            "Invoice shows the wrong amount",
            "Question about my last invoice",
            "Refund not received yet",
            "Where is my order?",
            "Slow loading since yesterday",
            "Cancel my subscription",
            "Update my billing address",
            "Export to CSV fails with an error",
            "Checkout crashes on payment",
            "Feature request: dark mode",
            "Two-factor code is not accepted",
            "API returns error 500",
            "Add a colleague to our account",
            "Account locked after too many tries",
            "Notifications arrive twice",
            "Feature request: export to Excel",
            "Umlauts are broken in names (Zoë, Jürgen)",
            "Payment by card declined",
            "Mobile app does not start",
            "Question about data protection",
            "Outage: nothing loads",
            "Website is down",
            "Webhook calls are missing",
            "Data loss after the update",
            "Security: unknown login from abroad");

    /** Filler for longer texts. */
    static final byte[][] WORDS =
            utf8(("since the last update we see this every morning when our team opens the page and"
                            + " nothing helps so far please have a look because customers are waiting I have tried another"
                            + " browser cleared the cache restarted twice it worked until Friday thanks in advance for your"
                            + " help kind regards order number invoice account screenshot attached see below message says try"
                            + " again later but later is the same could you check what happens on your side we are using the"
                            + " newest version on two machines café naïve über Łódź déjà")
                    .split(" "));

    static final byte[][] GIVEN_NAMES = utf8(
            "Anna",
            "Ben",
            "Carla",
            "David",
            "Elif",
            "Finn",
            "Grace",
            "Hugo",
            "Inés",
            "Jürgen",
            "Kaito",
            "Lena",
            "Mohammed",
            "Nora",
            "Olga",
            "Paul",
            "Quinn",
            "Rosa",
            "Sam",
            "Tariq",
            "Uma",
            "Vera",
            "Wei",
            "Zoë");

    static final byte[][] FAMILY_NAMES = utf8(
            "Almeida",
            "Brown",
            "Costa",
            "Dubois",
            "Eriksson",
            "Fischer",
            "García",
            "Haddad",
            "Ivanova",
            "Jones",
            "Kim",
            "Łukasik",
            "Müller",
            "Nguyen",
            "Okafor",
            "Patel",
            "Rossi",
            "Sato",
            "Tanaka",
            "Weber",
            "Yilmaz",
            "Zhang");

    static final byte[][] TEAMS = utf8("first line", "billing", "technical", "enterprise");

    static final byte[][] CHANNELS = names(Ticket.Channel.values());
    static final byte[][] STATUSES = names(Ticket.Status.values());

    private Vocabulary() {}

    /** Appends words with blanks between them until the text has at least the wanted length. */
    static void fill(BinaryCopy copy, Dice dice, int length) {
        while (copy.textLength() < length) {
            if (copy.textLength() > 0) {
                copy.append((byte) ' ');
            }
            copy.append(WORDS[dice.below(WORDS.length)]);
        }
    }

    private static byte[][] names(Enum<?>[] values) {
        return utf8(Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    }

    private static byte[][] utf8(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
