// A body on its way: pieces that are read while they are sent, once or more.

package client

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
)

// A segment is one piece of a body: text, or what a reader has. Only a reader
// that can go back to its start can be sent again, and has a known size.
type segment struct {
	text   string
	reader io.Reader
	seeker io.Seeker
	start  int64
	end    int64
}

// newSegment looks at what a reader can do.
func newSegment(reader io.Reader) *segment {
	if buffer, ok := reader.(*bytes.Buffer); ok {
		reader = bytes.NewReader(buffer.Bytes())
	}
	made := &segment{reader: reader}
	seeker, ok := reader.(io.Seeker)
	if !ok {
		return made
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return made
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if err != nil {
		return made
	}
	if _, err := seeker.Seek(start, io.SeekStart); err != nil {
		return made
	}
	made.seeker, made.start, made.end = seeker, start, max(start, end)
	return made
}

type payload struct {
	mediaType string
	segments  []*segment

	mutex sync.Mutex
	last  *sendingBody
}

// length is the number of bytes, -1 where it is not known.
func (p *payload) length() int64 {
	total := int64(0)
	for _, segment := range p.segments {
		if segment.reader != nil && segment.seeker == nil {
			return -1
		}
		total += int64(len(segment.text)) + segment.end - segment.start
	}
	return total
}

// canBeSent is false after something that cannot go back was read.
func (p *payload) canBeSent() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.last == nil || p.length() >= 0
}

var errSent = errors.New("the body was sent already, and cannot be read again")

// open starts the body from its beginning. Whoever read it before gets no more.
func (p *payload) open(progress func()) (io.ReadCloser, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.last != nil {
		if p.length() < 0 {
			return nil, errSent
		}
		p.last.end()
	}
	readers := make([]io.Reader, len(p.segments))
	for i, segment := range p.segments {
		switch {
		case segment.reader == nil:
			readers[i] = strings.NewReader(segment.text)
		case segment.seeker == nil:
			readers[i] = segment.reader
		default:
			if _, err := segment.seeker.Seek(segment.start, io.SeekStart); err != nil {
				return nil, err
			}
			// A file that has grown must not send more than was announced.
			readers[i] = io.LimitReader(segment.reader, segment.end-segment.start)
		}
	}
	body := &sendingBody{reader: io.MultiReader(readers...), progress: progress}
	p.last = body
	return body, nil
}

// finish keeps a connection that is still open from reading on.
func (p *payload) finish() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.last != nil {
		_ = p.last.Close()
	}
}

// A sendingBody is one reading of a payload. It leaves files open.
type sendingBody struct {
	mutex    sync.Mutex
	reader   io.Reader
	progress func()
	closed   atomic.Bool
}

func (b *sendingBody) Read(out []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.closed.Load() {
		return 0, io.ErrClosedPipe
	}
	n, err := b.reader.Read(out)
	b.progress()
	return n, err
}

// Close does not wait for a Read: that may wait for what never comes.
func (b *sendingBody) Close() error {
	b.closed.Store(true)
	return nil
}

// end waits until nobody reads any more.
func (b *sendingBody) end() {
	b.closed.Store(true)
	b.mutex.Lock()
	defer b.mutex.Unlock()
}
